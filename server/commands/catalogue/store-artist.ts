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
import { changeImport } from "#db/queries/imports.ts";
import { freeSlug } from "#db/queries/slugs.ts";
import { AppError, notFound } from "../../domain/errors.ts";
import { fold } from "../../domain/fold.ts";
import type { ArtistRecord, Provider, ProviderId } from "../../domain/provider-records.ts";
import { slugify } from "../../domain/slug.ts";
import { saveStep, type JobStep } from "../job-queue.ts";
import { recordDigest } from "./digest.ts";

export interface StoredArtist {
  /** Whom it belongs to where that is known; null makes a new artist unless an id of it is known. */
  artistId: number | null;
  provider: Provider;
  record: ArtistRecord;
  /** What was asked for, where the provider may answer with the record of another id: both lead to the artist. */
  askedId?: string;
  /** Where the job goes on, by the artist's id. */
  step: Omit<JobStep, "cursor">;
  cursor: Record<string, unknown>;
}

/**
 * Stores an artist as a provider has it, with the ids that it states of others; the artist's id, which also
 * goes into the saved cursor. The same record again writes nothing of the catalogue. Throws `identity_conflict`
 * where the record is of two of our artists or of one that somebody has said it is not, and `not_found` for an
 * artist that is none, or of the demo.
 */
export const storeArtist = command<StoredArtist, { artistId: number }>(async (tx, { input, now }) => {
  const { provider, record, step, cursor } = input;
  const told = await readTold(tx, input);
  const artistId = input.artistId === null ? await idOf(tx, told, input) : await standing(tx, told, input.artistId, record);
  const digest = recordDigest(record);
  const mine = told.own.get(record.id);
  if (mine?.digest !== digest || mine.artistId !== artistId || mine.confidence === 0) {
    await fillIn(tx, artistId, provider, record);
    await putArtistIdentities(tx, identitiesOf(artistId, provider, record, digest));
    await giveUpMerged(tx, artistId, { provider, id: record.id });
  }
  await noteFormer(tx, artistId, input);
  await changeImport(tx, step.jobId, { artistId, name: record.name }, now);
  await saveStep(tx, { ...step, cursor: { ...cursor, artistId } }, now);
  return { artistId };
});

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

/** The artist's own facts are those of MusicBrainz, and of others where it is silent. */
async function fillIn(tx: Transaction, artistId: number, provider: Provider, record: ArtistRecord): Promise<void> {
  const facts = await artistFacts(tx, artistId);
  if (!facts) throw notFound("artist");
  const leads = provider === "musicbrainz";
  const pick = <T>(told: T | null | undefined, had: T | null): T | null => (leads ? (told ?? had) : (had ?? told ?? null));
  const change = {
    country: pick(record.country, facts.country),
    genre: pick(record.genres[0], facts.genre),
    disambiguation: pick(record.disambiguation, facts.disambiguation),
    ...(leads && { name: record.name, searchName: fold(record.name) }),
  };
  const changed = (Object.keys(change) as (keyof typeof change)[]).some((key) => change[key] !== facts[key]);
  if (changed) await updateArtist(tx, artistId, change);
}

function identitiesOf(artistId: number, provider: Provider, record: ArtistRecord, digest: string): NewArtistIdentity[] {
  const link = { artistId, confidence: 1, status: "automatic" as const };
  const { id: providerId, url, imageUrl } = record;
  const own = { ...link, provider, providerId, url, imageUrl, digest, evidence: { own: true } };
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
