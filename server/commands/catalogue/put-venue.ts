import type { Transaction } from "#db/client.ts";
import { putVenueIdentity, venuesByIdentity } from "#db/queries/identities.ts";
import { freeSlug } from "#db/queries/slugs.ts";
import { insertVenue, updateVenue, venueFacts, venueIdBySlug } from "#db/queries/venues.ts";
import type { Provider, VenueRecord } from "../../domain/provider-records.ts";
import type { NightPlace } from "../../domain/same-night.ts";
import { slugify } from "../../domain/slug.ts";
import { recordDigest } from "./digest.ts";

/** A venue with the zone that its shows' days are in, an IANA name. */
export type PlacedVenue = VenueRecord & { timeZone: string };

export interface KnownVenue {
  id: number;
  name: string;
  timeZone: string;
  city: string | null;
  latitude: number | null;
  longitude: number | null;
}

const UNKNOWN = { slug: "venue-unknown", name: "Venue unknown", timeZone: "UTC" };

/** Stores a venue as a provider has it, or finds it stored. One that is not named is the venue of that name. */
export async function putVenue(tx: Transaction, provider: Provider, record: PlacedVenue | null): Promise<KnownVenue> {
  if (record === null) return unknownVenue(tx);
  const [identity] = await venuesByIdentity(tx, provider, [record.id]);
  const digest = recordDigest(record);
  const { name, city, region, country, latitude, longitude, timeZone, url } = record;
  const facts = { name, city, region, country, latitude, longitude, timeZone };
  if (identity?.digest === digest) return known(tx, identity.venueId);
  const venueId = identity?.venueId ?? (await insertVenue(tx, { ...facts, slug: await freeSlug(tx, "venue", slugify(name, city ?? "")) }));
  if (identity) await updateVenue(tx, venueId, facts);
  await putVenueIdentity(tx, { provider, providerId: record.id, venueId, confidence: 1, status: "automatic", evidence: { own: true }, url, digest });
  return { id: venueId, ...facts };
}

async function known(tx: Transaction, id: number): Promise<KnownVenue> {
  const facts = await venueFacts(tx, id);
  if (!facts) throw new Error(`Venue ${id} has an identity and no row`);
  return facts;
}

async function unknownVenue(tx: Transaction): Promise<KnownVenue> {
  const id = (await venueIdBySlug(tx, UNKNOWN.slug)) ?? (await insertVenue(tx, UNKNOWN));
  return known(tx, id);
}

export function placeOf({ id: venueId, city, latitude, longitude }: KnownVenue): NightPlace {
  return { venueId, city, latitude, longitude };
}
