import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import {
  artistFacts,
  artistsByIdentity,
  doubtArtistIdentity,
  doubtOtherIdentities,
  identitiesOfArtist,
  insertArtist,
  putArtistIdentities,
  putFormerIdentity,
  updateArtist,
  type ArtistIdentity,
  type NewArtist,
  type NewArtistIdentity,
} from "#db/queries/identities.ts";
import { rejectedFor } from "#db/queries/identity-links.ts";
import { putMatch, rejectPair } from "#db/queries/matches.ts";
import { changeImport } from "#db/queries/imports.ts";
import { freeSlug } from "#db/queries/slugs.ts";
import { AppError, notFound } from "../../domain/errors.ts";
import { fold } from "../../domain/fold.ts";
import type { ArtistRecord, Provider, ProviderId } from "../../domain/provider-records.ts";
import type { Evidence } from "../../domain/matching/evidence.ts";
import { shownRecord, sideOfArtist } from "../../domain/matching/facts.ts";
import { slugify } from "../../domain/slug.ts";
import { saveStep, type JobStep } from "../job-queue.ts";
import { bringArtistUpToDate } from "./artist-records.ts";
import { recordDigest } from "./digest.ts";
import { joinArtists } from "./join-artists.ts";
import { putTwins, settleRecords } from "./note-twins.ts";

export interface StoredArtist {
  /** Whom it belongs to where that is known; null makes a new artist unless an id of it is known. */
  artistId: number | null;
  provider: Provider;
  record: ArtistRecord;
  /** What was asked for, where the provider may answer with the record of another id: both lead to the artist. */
  askedId?: string;
  /** Why it is taken for the artist's, where no provider states that. */
  found?: { confidence: number; evidence: Evidence[] };
  /** Where the job goes on, by the artist's id. */
  step: Omit<JobStep, "cursor">;
  cursor: Record<string, unknown>;
}

/**
 * Stores an artist as a provider has it, with the ids that it states of others; the artist's id, which also
 * goes into the saved cursor. A record that was found and is another artist of ours makes the two one, unless somebody
 * keeps them apart. The same record again writes nothing of the catalogue. Throws `identity_conflict` where the record is
 * of two of our artists or of one that somebody has said it is not, and `not_found` for an artist that is none, or of the demo.
 */
export const storeArtist = command<StoredArtist, { artistId: number }>(async (tx, { input, now }) => {
  const { record, step, cursor } = input;
  const told = await readTold(tx, input);
  const { artistId, mayStore } = await whose(tx, told, input, now);
  if (mayStore) await keep(tx, artistId, told, input, now);
  await changeImport(tx, step.jobId, { artistId, ...(mayStore && { name: record.name }) }, now);
  await saveStep(tx, { ...step, cursor: { ...cursor, artistId } }, now);
  return { artistId };
});

/** The artist of a record, and whether the record is to be stored as that one's. */
async function whose(tx: Transaction, told: Told, input: StoredArtist, now: number): Promise<{ artistId: number; mayStore: boolean }> {
  const { artistId, record, found } = input;
  if (artistId === null) return { artistId: await idOf(tx, told, input), mayStore: true };
  const other = told.own.get(record.id);
  if (!found || !other || !isBelieved(other) || other.artistId === artistId) return { artistId: await standing(tx, told, artistId, record), mayStore: true };
  const joined = await joinArtists(tx, { a: artistId, b: other.artistId, ...found }, now);
  return { artistId: joined ?? artistId, mayStore: joined !== null };
}

async function keep(tx: Transaction, artistId: number, told: Told, input: StoredArtist, now: number): Promise<void> {
  const { provider, record, found } = input;
  const digest = recordDigest(record);
  const mine = told.own.get(record.id);
  if (mine?.digest !== digest || mine.artistId !== artistId || mine.confidence === 0 || mine.record === null) {
    await fillIn(tx, artistId, provider, record);
    await putArtistIdentities(tx, identitiesOf(artistId, input, digest));
    await giveUpMerged(tx, artistId, { provider, id: record.id });
    if (mine && !isBelieved(mine) && mine.artistId !== artistId) await rejectPair(tx, "artist", mine.artistId, artistId, now);
    await settleRecords(tx, artistId, [{ provider, id: record.id }, ...record.sameAs]);
    // Who is known there is looked for there no more.
    await putTwins(tx, { artistId, provider, reviews: [] }, now);
    if (found) await putMatch(tx, { kind: "artist", subjectId: artistId, other: { provider, id: record.id, record: shownRecord(record) }, ...found, status: "automatic" }, now);
  }
  await noteFormer(tx, artistId, input);
  await bringArtistUpToDate(tx, artistId);
}

/** Notes that a provider knows an id of an artist no more, so that others of the artist's are asked with first. */
export const doubtArtistId = command<ProviderId, void>((tx, { input }) => doubtArtistIdentity(tx, input));

/** Of an artist MusicBrainz has one id: what else it had was merged into it. */
async function giveUpMerged(tx: Transaction, artistId: number, { provider, id }: ProviderId): Promise<void> {
  if (provider !== "musicbrainz") return;
  for (const keyed of ["musicbrainz", "setlistfm"] as const) await doubtOtherIdentities(tx, artistId, { provider: keyed, id });
}

/** What is stored of the ids that a record tells. */
interface Told {
  /** By id, of those of the provider itself: the record's and the one that was asked for. */
  own: Map<string, ArtistIdentity>;
  /** What it states of others. */
  stated: ArtistIdentity[];
}

async function readTold(tx: Transaction, { provider, record, askedId }: StoredArtist): Promise<Told> {
  const ownIds = [record.id, ...(askedId === undefined ? [] : [askedId])];
  const own = await artistsByIdentity(tx, ownIds.map((id) => ({ provider, id })));
  const stated = await artistsByIdentity(tx, record.sameAs);
  return { own: new Map(own.map((identity) => [identity.providerId, identity])), stated: stated.filter(isBelieved) };
}

function isBelieved({ status }: ArtistIdentity): boolean {
  return status !== "rejected";
}

/** An artist that is known to be meant. */
async function standing(tx: Transaction, { own }: Told, artistId: number, record: ArtistRecord): Promise<number> {
  const facts = await artistFacts(tx, artistId);
  if (!facts || facts.demo) throw notFound("artist");
  const against = [...own.values()].some((identity) => isBelieved(identity) !== (identity.artistId === artistId));
  if (against) throw belongsElsewhere(record);
  return artistId;
}

async function idOf(tx: Transaction, told: Told, { provider, record }: StoredArtist): Promise<number> {
  const own = [...told.own.values()];
  const ids = new Set(own.filter(isBelieved).map((identity) => identity.artistId));
  const denied = new Set(own.filter((identity) => !isBelieved(identity)).map((identity) => identity.artistId));
  for (const artistId of await rejectedFor(tx, "artist", provider, record.id)) denied.add(artistId);
  // An artist that is known by its own id need not be linked by what a person has settled otherwise.
  const stated = told.stated.filter(({ status }) => ids.size === 0 || status !== "approved");
  for (const { artistId } of stated) {
    if (!ids.has(artistId) && !denied.has(artistId) && !(await isAnotherThere(tx, artistId, provider, record.name))) ids.add(artistId);
  }
  if (ids.size > 1) throw belongsElsewhere(record);
  const [id] = ids;
  return id ?? insertArtist(tx, await newArtist(tx, record));
}

/** Whether the provider has told of an artist of ours under another id and name: two such pages there are two artists. */
async function isAnotherThere(tx: Transaction, artistId: number, provider: Provider, name: string): Promise<boolean> {
  const facts = await artistFacts(tx, artistId);
  if (facts?.searchName === fold(name)) return false;
  const known = await identitiesOfArtist(tx, artistId);
  return known.some((identity) => identity.provider === provider && identity.digest !== null);
}

async function newArtist(tx: Transaction, { name, sortName, aliases, country, disambiguation, genres }: ArtistRecord): Promise<NewArtist> {
  const readable = [name, sortName ?? "", ...aliases].map((words) => slugify(words)).find((words) => words !== "");
  const slug = await freeSlug(tx, "artist", readable ?? "");
  return { slug, name, searchName: fold(name), genre: genres[0] ?? null, country, disambiguation };
}

/** An id that was answered with another one's record, such as after a merge there. */
async function noteFormer(tx: Transaction, artistId: number, { provider, record, askedId }: StoredArtist): Promise<void> {
  if (askedId === undefined || askedId === record.id) return;
  const evidence = { now: record.id };
  await putFormerIdentity(tx, { artistId, provider, providerId: askedId, confidence: 1, status: "automatic", evidence });
}

/** What tells the artist from others of its name is MusicBrainz's to say, and others' where it is silent. */
async function fillIn(tx: Transaction, artistId: number, provider: Provider, record: ArtistRecord): Promise<void> {
  const facts = await artistFacts(tx, artistId);
  if (!facts) throw notFound("artist");
  const disambiguation = provider === "musicbrainz" ? (record.disambiguation ?? facts.disambiguation) : (facts.disambiguation ?? record.disambiguation);
  if (disambiguation !== facts.disambiguation) await updateArtist(tx, artistId, { disambiguation });
}

function identitiesOf(artistId: number, { provider, record, found }: StoredArtist, digest: string): NewArtistIdentity[] {
  const link = { artistId, confidence: 1, status: "automatic" as const };
  const { id: providerId, url, imageUrl } = record;
  const why = found ? { confidence: found.confidence, evidence: { list: found.evidence } } : { evidence: { own: true } };
  const own = { ...link, provider, providerId, url, imageUrl, digest, record: sideOfArtist(provider, record), ...why };
  // setlist.fm knows artists by their id at MusicBrainz.
  const twin = provider === "musicbrainz" ? [{ provider: "setlistfm" as const, id: providerId }] : [];
  const stated = [...record.sameAs, ...twin].map((other) => ({
    ...link,
    provider: other.provider,
    providerId: other.id,
    evidence: { statedBy: provider },
  }));
  return [own, ...stated];
}

function belongsElsewhere({ name }: ArtistRecord): AppError {
  return new AppError({
    kind: "conflict",
    reason: "identity_conflict",
    message: `${name} is linked to two artists here, or to one that it was said not to be. A moderator has to settle which is right.`,
  });
}
