/** A show of an artist on one local date, and where it is. */
export interface NightShow {
  id: number;
  venueId: number;
  city: string | null;
  latitude: number | null;
  longitude: number | null;
  /** Whether a setlist is linked to it already. */
  taken: boolean;
}

export type NightPlace = Pick<NightShow, "venueId" | "city" | "latitude" | "longitude">;

const NEAR_KM = 60;

/**
 * The show that a setlist of the same artist and date is of; null where it is of none of them, or can't be
 * told. The venue tells, and if no venue is the same then the only free show in the same town, or the only free
 * one at all where it is not known where one of the two was.
 */
export function showOfSetlist(shows: NightShow[], place: NightPlace, fold: (text: string) => string): number | null {
  const free = shows.filter(({ taken }) => !taken);
  const here = free.filter(({ venueId }) => venueId === place.venueId);
  if (here[0]) return here[0].id;
  const near = free.filter((show) => sameTown(show, place, fold));
  if (near.length > 0) return near.length === 1 ? near[0]!.id : null;
  const [only] = free;
  return only && free.length === 1 && (isNowhere(only) || isNowhere(place)) ? only.id : null;
}

function isNowhere({ city, latitude, longitude }: NightPlace): boolean {
  return city === null && (latitude === null || longitude === null);
}

function sameTown(a: NightPlace, b: NightPlace, fold: (text: string) => string): boolean {
  if (a.city !== null && b.city !== null && fold(a.city) === fold(b.city)) return true;
  const km = distanceKm(a, b);
  return km !== null && km <= NEAR_KM;
}

/** Great-circle distance on a sphere of 6,371 km by the haversine formula; null where a place is not known. */
export function distanceKm(a: Pick<NightPlace, "latitude" | "longitude">, b: Pick<NightPlace, "latitude" | "longitude">): number | null {
  if (a.latitude === null || a.longitude === null || b.latitude === null || b.longitude === null) return null;
  const rad = Math.PI / 180;
  const dLat = (b.latitude - a.latitude) * rad;
  const dLon = (b.longitude - a.longitude) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * 6_371 * Math.asin(Math.min(1, Math.sqrt(h)));
}
