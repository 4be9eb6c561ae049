import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import {
  artistFacts,
  artistsByIdentity,
  doubtArtistIdentity,
  doubtOtherIdentities,
  insertArtist,
  putArtistIdentities,
  updateArtist,
  type ArtistIdentity,
  type NewArtistIdentity,
} from "#db/queries/identities.ts";
import { changeImport } from "#db/queries/imports.ts";
import { freeSlug } from "#db/queries/slugs.ts";
import { AppError } from "../../domain/errors.ts";
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
  /** Where the job goes on, by the artist's id. */
  step: Omit<JobStep, "cursor">;
  cursor: Record<string, unknown>;
}

/**
 * Stores an artist as a provider has it, with the ids that it states of others; the artist's id, which also
 * goes into the saved cursor. The same record again writes nothing of the catalogue.
 */
export const storeArtist = command<StoredArtist, { artistId: number }>(async (tx, { input, now }) => {
  const { provider, record, step, cursor } = input;
  const own = { provider, id: record.id };
  const known = await artistsByIdentity(tx, [own, ...record.sameAs]);
  const artistId = input.artistId ?? (await idOf(tx, known, record));
  const mine = known.find((identity) => identity.provider === provider && identity.providerId === record.id);
  if (mine && mine.artistId !== artistId) throw belongsElsewhere(record);
  const digest = recordDigest(record);
  if (mine?.digest !== digest || mine.confidence === 0) {
    await fillIn(tx, artistId, provider, record);
    await putArtistIdentities(tx, identitiesOf(artistId, provider, record, digest));
    await giveUpMerged(tx, artistId, own);
  }
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

async function idOf(tx: Transaction, known: ArtistIdentity[], record: ArtistRecord): Promise<number> {
  const ids = new Set(known.map((identity) => identity.artistId));
  if (ids.size > 1) throw belongsElsewhere(record);
  const [id] = ids;
  if (id !== undefined) return id;
  const { name, country, disambiguation, genres } = record;
  const slug = await freeSlug(tx, "artist", slugify(name));
  return insertArtist(tx, { slug, name, searchName: fold(name), genre: genres[0] ?? null, country, disambiguation });
}

/** The artist's own facts are those of MusicBrainz, and of others where it is silent. */
async function fillIn(tx: Transaction, artistId: number, provider: Provider, record: ArtistRecord): Promise<void> {
  const facts = await artistFacts(tx, artistId);
  if (!facts || facts.demo) return;
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
    message: `${name} is linked to two artists here by what providers say. A moderator has to settle which is right.`,
  });
}
