import { and, eq, isNull, ne, or } from "drizzle-orm";
import type { LinkKind } from "#server/domain/matching/link-file.ts";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Queryable, Transaction } from "../client.ts";
import { artistIdentities, matches, merges, showIdentities, shows, songs, songVariants, venueIdentities } from "../schema/index.ts";

type Settled = Partial<Pick<typeof matches.$inferInsert, "status" | "decidedAt" | "decidedBy">>;

export async function changeMatch(tx: Transaction, id: number, change: Settled): Promise<void> {
  await tx.update(matches).set(change).where(eq(matches.id, id));
}

export async function deleteMatch(tx: Transaction, id: number): Promise<void> {
  await tx.delete(matches).where(eq(matches.id, id));
}

/** A provider's record and the one of ours that it is, or is not. */
export interface LinkedRecord {
  kind: LinkKind;
  subjectId: number;
  provider: Provider;
  providerId: string;
}

function otherMatchesOf({ kind, subjectId, provider, providerId }: LinkedRecord) {
  return and(eq(matches.kind, kind), eq(matches.provider, provider), eq(matches.providerId, providerId), ne(matches.subjectId, subjectId));
}

/** What waits as a match of the same record with others of ours is settled: they are not it. */
export async function rejectRivals(tx: Transaction, record: LinkedRecord, { at, by }: { at: number; by: number | null }): Promise<void> {
  const decided = { status: "rejected", decidedAt: at, decidedBy: by } as const;
  await tx.update(matches).set(decided).where(and(otherMatchesOf(record), eq(matches.status, "review")));
}

/** Those that were settled along with a decision wait again. */
export async function reviveRivals(tx: Transaction, record: LinkedRecord, decidedAt: number): Promise<void> {
  const waiting = { status: "review", decidedAt: null, decidedBy: null } as const;
  await tx.update(matches).set(waiting).where(and(otherMatchesOf(record), eq(matches.status, "rejected"), eq(matches.decidedAt, decidedAt)));
}

/** Forgets what was decided of a record of one of ours: it is neither that one nor not. */
export async function forgetLink(tx: Transaction, { kind, subjectId, provider, providerId }: LinkedRecord): Promise<void> {
  if (kind === "artist") {
    const t = artistIdentities;
    await tx.delete(t).where(and(eq(t.provider, provider), eq(t.providerId, providerId), eq(t.artistId, subjectId)));
  } else if (kind === "venue") {
    const t = venueIdentities;
    await tx.delete(t).where(and(eq(t.provider, provider), eq(t.providerId, providerId), eq(t.venueId, subjectId)));
  } else if (kind === "show") {
    await forgetEvent(tx, subjectId, provider, providerId);
  }
}

/** Also an event that is no show any more, as it was unlinked. */
async function forgetEvent(tx: Transaction, showId: number, provider: Provider, providerId: string): Promise<void> {
  const [show] = await tx.select({ artistId: shows.artistId }).from(shows).where(eq(shows.id, showId));
  const t = showIdentities;
  const own = or(eq(t.showId, showId), isNull(t.showId));
  if (show) await tx.delete(t).where(and(eq(t.provider, provider), eq(t.providerId, providerId), eq(t.artistId, show.artistId), own));
}

/** The merge that an approved recording brought about: of the song that it was of, into a song, at an instant. */
export async function mergeMadeAt(db: Queryable, { kind, intoId, at }: { kind: LinkKind; intoId: number; at: number }): Promise<number | null> {
  const [row] = await db
    .select({ id: merges.id })
    .from(merges)
    .where(and(eq(merges.kind, kind), eq(merges.intoId, intoId), eq(merges.at, at), isNull(merges.undoneAt), isNull(merges.parentId)));
  return row?.id ?? null;
}

/** Forgets that the song of a recording was said to be another one than a song. */
export async function forgetApart(tx: Transaction, { subjectId, provider, providerId }: LinkedRecord, decidedAt: number): Promise<void> {
  const t = songVariants;
  const found = await tx
    .select({ id: t.songId })
    .from(t)
    .innerJoin(songs, eq(songs.artistId, t.artistId))
    .where(and(eq(songs.id, subjectId), eq(t.provider, provider), eq(t.providerId, providerId)));
  for (const { id } of found) {
    const sides = [eq(matches.subjectId, Math.min(id, subjectId)), eq(matches.otherId, Math.max(id, subjectId))];
    await tx.delete(matches).where(and(eq(matches.kind, "song"), ...sides, eq(matches.status, "rejected"), eq(matches.decidedAt, decidedAt)));
  }
}
