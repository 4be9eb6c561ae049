/** What Ticketmaster asks of whoever uses its API. Source: developer.ticketmaster.com, Terms of Use and Getting Started. */
export const TICKETMASTER = {
  base: "https://app.ticketmaster.com",
  /** Five requests a second. */
  minTimeMs: 220,
  requestsPerDay: 5_000,
  /** Items of a list that it gives out: size × page has to stay below it. */
  reach: 1_000,
  /** The query parameter that carries the key. It is in every address: addresses are logged without it. */
  keyParameter: "apikey",
  keys: "https://developer.ticketmaster.com/",
  terms: [
    "You need a free key: sign up at developer.ticketmaster.com; it is the Consumer Key of your app under My Apps.",
    "The key allows 5,000 requests a day and 5 a second.",
    "Say that shows come from Ticketmaster and link to their pages there, as we do on each show.",
    "Read the terms of use before you sell anything beside the shows or earn money by the links.",
  ],
} as const;
