import type { Transaction } from "#db/client.ts";
import { putVenueIdentity, venuesByIdentity } from "#db/queries/identities.ts";
import { rejectedFor } from "#db/queries/identity-links.ts";
import { rejectedVenue } from "#db/queries/match-keys.ts";
import { putMatch, rejectPair } from "#db/queries/matches.ts";
import { freeSlug } from "#db/queries/slugs.ts";
import { insertVenue, venueFacts, venueIdBySlug } from "#db/queries/venues.ts";
import type { MatchedRecord } from "#db/schema/matching.ts";
import type { VenueRecordSide } from "../../domain/matching/facts.ts";
import type { Provider, VenueRecord } from "../../domain/provider-records.ts";
import type { NightPlace } from "../../domain/same-night.ts";
import { slugify } from "../../domain/slug.ts";
import { recordDigest } from "./digest.ts";
import { areRivals, askOfVenues, compareVenue, venuesLike } from "./compare-venues.ts";
import { bringVenueUpToDate } from "./venue-records.ts";

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

/** The address of the venue that stands for one that nobody has named. */
export const UNKNOWN_VENUE = "venue-unknown";
const UNKNOWN = { slug: UNKNOWN_VENUE, name: "Venue unknown", timeZone: "UTC" };

/**
 * Stores a venue as a provider has it, or finds it stored: by its id, else among those that are so much alike that they are
 * one. What may be the same is put into review. One that is not named is the venue of that name.
 */
export async function putVenue(tx: Transaction, provider: Provider, record: PlacedVenue | null, now: number): Promise<KnownVenue> {
  if (record === null) return unknownVenue(tx);
  const [identity] = await venuesByIdentity(tx, provider, [record.id]);
  const digest = recordDigest(record);
  if (identity?.digest === digest && identity.record !== null) return known(tx, identity.venueId);
  const side = sideOf(provider, record);
  if (!identity) return arrived(tx, { provider, record, side, digest }, now);
  const { venueId } = identity;
  await putVenueIdentity(tx, { ...identity, url: record.url, digest, record: side });
  await bringVenueUpToDate(tx, venueId);
  return known(tx, await compareVenue(tx, venueId, now));
}

interface Arrived {
  provider: Provider;
  record: PlacedVenue;
  side: VenueRecordSide;
  digest: string;
}

/** A venue that the provider tells of for the first time: one of ours that is like it beyond doubt, or a new one. */
async function arrived(tx: Transaction, { provider, record, side, digest }: Arrived, now: number): Promise<KnownVenue> {
  const { id: providerId, url } = record;
  const rejected = await rejectedVenue(tx, provider, providerId);
  const denied = new Set([...(rejected === null ? [] : [rejected]), ...(await rejectedFor(tx, "venue", provider, providerId))]);
  const alike = await venuesLike(tx, null, [{ provider, providerId, confidence: 1, record: side }]);
  const twins = [...alike].filter(([id, { verdict }]) => verdict === "automatic" && !denied.has(id)).sort(([, a], [, b]) => b.confidence - a.confidence);
  const [twin] = (await areRivals(tx, twins.map(([id]) => id))) ? [] : twins;
  const venueId = twin?.[0] ?? (await newVenue(tx, record));
  const why = twin ? { confidence: twin[1].confidence, evidence: { list: twin[1].evidence } } : { confidence: 1, evidence: { own: true } };
  await putVenueIdentity(tx, { provider, providerId, venueId, status: "automatic", ...why, url, digest, record: side });
  if (twin) await putMatch(tx, { kind: "venue", subjectId: venueId, other: { provider, id: providerId, record: shownVenue(record) }, ...twin[1], status: "automatic" }, now);
  for (const other of denied) if (other !== venueId) await rejectPair(tx, "venue", other, venueId, now);
  await bringVenueUpToDate(tx, venueId);
  if (twin) return known(tx, await compareVenue(tx, venueId, now));
  await askOfVenues(tx, venueId, alike, now);
  return known(tx, venueId);
}

/** What a page shows of a venue's record. */
function shownVenue({ name, city, country, url }: PlacedVenue): MatchedRecord {
  const about = [city, country].filter((words) => words !== null).join(", ");
  return { name, about: about === "" ? null : about, url };
}

async function newVenue(tx: Transaction, { name, city, region, country, latitude, longitude, timeZone }: PlacedVenue): Promise<number> {
  const slug = await freeSlug(tx, "venue", slugify(name, city ?? ""));
  return insertVenue(tx, { name, city, region, country, latitude, longitude, timeZone, slug });
}

function sideOf(provider: Provider, { id, name, city, region, country, latitude, longitude, timeZone }: PlacedVenue): VenueRecordSide {
  return { name, city, region, country, latitude, longitude, timeZone, ids: [{ provider, id }] };
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
