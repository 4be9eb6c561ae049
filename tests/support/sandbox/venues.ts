import { between, chance, hash, pick } from "./chance.ts";

export interface Venue {
  index: number;
  name: string;
  city: City;
  latitude: number;
  longitude: number;
  /** What Ticketmaster leaves out of it. */
  without: "nothing" | "coordinates" | "time zone" | "name";
}

export interface City {
  index: number;
  name: string;
  region: string | null;
  regionCode: string | null;
  country: string;
  countryCode: string;
  timeZone: string;
  latitude: number;
  longitude: number;
}

/* Countries, their clocks and where about they are; the cities in them are made up. */
const COUNTRIES: [string, string, string | null, string | null, string, number, number][] = [
  ["United States Of America", "US", "Ohio", "OH", "America/New_York", 40, -82],
  ["United States Of America", "US", "Texas", "TX", "America/Chicago", 31, -97],
  ["United States Of America", "US", "Oregon", "OR", "America/Los_Angeles", 44, -121],
  ["Canada", "CA", "Ontario", "ON", "America/Toronto", 45, -79],
  ["Great Britain", "GB", null, null, "Europe/London", 52, -1],
  ["Germany", "DE", "Hesse", "HE", "Europe/Berlin", 50, 9],
  ["France", "FR", null, null, "Europe/Paris", 47, 2],
  ["Spain", "ES", null, null, "Europe/Madrid", 40, -4],
  ["Sweden", "SE", null, null, "Europe/Stockholm", 59, 15],
  ["Mexico", "MX", null, null, "America/Mexico_City", 20, -99],
  ["Australia", "AU", "Victoria", "VIC", "Australia/Melbourne", -37, 144],
  ["Japan", "JP", null, null, "Asia/Tokyo", 36, 139],
];
const STARTS = "Brim Oster Kel Marl Hart Vint Dun Ell Sable Quor Thorn Wex".split(" ");
const ENDS = "ford burg haven stad mouth ville field wick port dale".split(" ");
const HALLS = "Lantern Hall,The Copper Room,Old Mill Arena,Parkside Pavilion,The Vault,Riverside Theatre,Glasshouse,Union Ballroom,North Pier Stage,Signal Works,Academy,The Drum & Anchor".split(",");

export const CITIES = 60;

export function cityAt(seed: string, index: number): City {
  const [country, countryCode, region, regionCode, timeZone, latitude, longitude] = COUNTRIES[index % COUNTRIES.length]!;
  const at = (hash(seed, "cities") + index * 7) % (STARTS.length * ENDS.length);
  return {
    index,
    name: `${STARTS[at % STARTS.length]!}${ENDS[Math.floor(at / STARTS.length)]!}`,
    ...{ region, regionCode, country, countryCode, timeZone },
    latitude: latitude + between(-150, 150, seed, index, "lat") / 100,
    longitude: longitude + between(-150, 150, seed, index, "long") / 100,
  };
}

export function venueAt(seed: string, index: number): Venue {
  const city = cityAt(seed, hash(seed, index, "city") % CITIES);
  const dice = chance(seed, index, "without");
  return {
    index,
    name: `${pick(HALLS, seed, index, "hall")}${index % 5 === 0 ? ` ${city.name}` : ""}`,
    city,
    latitude: city.latitude + between(-400, 400, seed, index, "lat") / 10_000,
    longitude: city.longitude + between(-400, 400, seed, index, "long") / 10_000,
    without: dice < 0.08 ? "coordinates" : dice < 0.14 ? "time zone" : dice < 0.15 ? "name" : "nothing",
  };
}
