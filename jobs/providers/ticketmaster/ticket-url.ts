/** Ticketmaster's own shops. Other sellers that it lists get no parameter of ours. */
const SHOPS = [
  "ticketmaster.com", "ticketmaster.ca", "ticketmaster.com.mx", "ticketmaster.com.br", "ticketmaster.com.au",
  "ticketmaster.co.nz", "ticketmaster.co.uk", "ticketmaster.ie", "ticketmaster.de", "ticketmaster.at",
  "ticketmaster.ch", "ticketmaster.be", "ticketmaster.nl", "ticketmaster.fr", "ticketmaster.it",
  "ticketmaster.es", "ticketmaster.dk", "ticketmaster.no", "ticketmaster.se", "ticketmaster.fi",
  "ticketmaster.pl", "ticketmaster.cz", "ticketmaster.gr", "ticketmaster.ae", "ticketmaster.co.za",
  "livenation.com", "ticketweb.com", "ticketweb.ca", "ticketweb.uk", "universe.com", "frontgatetickets.com",
];

export interface Affiliate {
  /** Of the query parameter, as the affiliate programme gives it. */
  name: string;
  value: string;
}

/** The address with the affiliate's parameter, if it is an https page of one of Ticketmaster's shops; else as it is. */
export function withAffiliate(address: string, affiliate: Affiliate | null): string {
  const url = URL.parse(address);
  if (!affiliate || url?.protocol !== "https:" || !isShop(url)) return address;
  url.searchParams.set(affiliate.name, affiliate.value);
  return url.href;
}

function isShop({ hostname, port, username, password }: URL): boolean {
  if (port || username || password) return false;
  return SHOPS.some((shop) => hostname === shop || hostname.endsWith(`.${shop}`));
}
