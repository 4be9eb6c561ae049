import zoneAt from "@photostructure/tz-lookup";
import { isTimeZone } from "#server/domain/show-time.ts";
import type { VenueRecord } from "#server/domain/provider-records.ts";

/** Where most people of a country of several zones live. */
const OF_MOST: Record<string, string> = {
  AR: "America/Argentina/Buenos_Aires", AU: "Australia/Sydney", BR: "America/Sao_Paulo", CA: "America/Toronto", CD: "Africa/Kinshasa",
  CL: "America/Santiago", CN: "Asia/Shanghai", CY: "Asia/Nicosia", DE: "Europe/Berlin", EC: "America/Guayaquil", ES: "Europe/Madrid",
  ID: "Asia/Jakarta", KZ: "Asia/Almaty", MN: "Asia/Ulaanbaatar", MX: "America/Mexico_City", MY: "Asia/Kuala_Lumpur", NZ: "Pacific/Auckland",
  PF: "Pacific/Tahiti", PG: "Pacific/Port_Moresby", PS: "Asia/Gaza", PT: "Europe/Lisbon", RU: "Europe/Moscow", UA: "Europe/Kyiv",
  US: "America/New_York", UZ: "Asia/Tashkent", VN: "Asia/Ho_Chi_Minh",
};

/** A venue's zone (IANA name): as told, else by its place on the map, else of its country; UTC where nothing is known. */
export function timeZoneOf({ timeZone, latitude, longitude, country }: Pick<VenueRecord, "timeZone" | "latitude" | "longitude" | "country">): string {
  if (timeZone !== null && isTimeZone(timeZone)) return timeZone;
  const there = zoneOfPlace(latitude, longitude);
  if (there !== null && isTimeZone(there)) return there;
  return (country && zoneOfCountry(country)) ?? "UTC";
}

/** Null for what is no place, and for 0° 0° in the sea, which stands for one that nobody has looked up. */
function zoneOfPlace(latitude: number | null, longitude: number | null): string | null {
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) return null;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? zoneAt(latitude, longitude) : null;
}

function zoneOfCountry(country: string): string | null {
  if (!/^[A-Z]{2}$/.test(country)) return null;
  const locale = new Intl.Locale("und", { region: country }) as Intl.Locale & { getTimeZones?: () => string[] | undefined };
  const one = OF_MOST[country] ?? locale.getTimeZones?.()?.[0] ?? null;
  return one !== null && isTimeZone(one) ? one : null;
}

/** A record with the zone that its venue is in. */
export function placed<R extends { venue: VenueRecord | null }>(record: R): Omit<R, "venue"> & { venue: (VenueRecord & { timeZone: string }) | null } {
  const { venue } = record;
  return { ...record, venue: venue && { ...venue, timeZone: timeZoneOf(venue) } };
}
