import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { artistColumns, venueColumns } from "./catalogue.ts";
import { artists, quarantineCases, quarantineFans, shows, users, venues } from "../schema/index.ts";

export type NewCase = typeof quarantineCases.$inferInsert;
export type Decision = NonNullable<NewCase["decision"]>;

/** What taking votes out of a tally, or putting them back, has moved. */
export interface TallyMove {
  fans: number;
  votes: number;
  /** The show's tally version after it. */
  version: number;
}

/**
 * Takes the votes of a show's fans out of the public tally (`heldAt` in epoch ms) or, with null, puts
 * them back; fans who are there already are left alone. What moves is counted from the votes. Null
 * where nobody had to move.
 */
export async function moveHeldVotes(
  tx: Transaction,
  { showId, userIds, heldAt }: { showId: number; userIds: readonly number[]; heldAt: number | null },
): Promise<TallyMove | null> {
  const asked = JSON.stringify(userIds);
  const moving = await tx.all<{ user_id: number }>(sql`
    SELECT user_id FROM show_allowances
    WHERE show_id = ${showId} AND user_id IN (SELECT value FROM json_each(${asked}))
      AND (quarantined_at IS NULL) = ${heldAt === null ? 0 : 1}`);
  if (moving.length === 0) return null;
  const fans = JSON.stringify(moving.map((fan) => fan.user_id));
  await tx.run(sql`
    UPDATE show_allowances SET quarantined_at = ${heldAt}
    WHERE show_id = ${showId} AND user_id IN (SELECT value FROM json_each(${fans}))`);
  const counts = await votesOf(tx, showId, fans);
  const votes = counts.reduce((sum, song) => sum + song.votes, 0);
  const sign = heldAt === null ? 1 : -1;
  const version = await moveTally(tx, { showId, counts, change: sign * votes, sign });
  return { fans: moving.length, votes, version };
}

/** The votes of some fans (JSON list) on a show, by setlist song. */
function votesOf(db: Queryable, showId: number, fans: string) {
  return db.all<{ setlistSongId: number; votes: number }>(sql`
    SELECT setlist_song_id AS setlistSongId, count(*) AS votes FROM votes
    WHERE show_id = ${showId} AND user_id IN (SELECT value FROM json_each(${fans})) GROUP BY 1`);
}

async function moveTally(
  tx: Transaction,
  move: { showId: number; counts: { setlistSongId: number; votes: number }[]; change: number; sign: 1 | -1 },
): Promise<number> {
  const bySong = JSON.stringify(move.counts.map((song) => [song.setlistSongId, song.votes]));
  await tx.run(sql`
    UPDATE setlist_songs SET votes = votes + ${move.sign} * (moved.value ->> 1)
    FROM json_each(${bySong}) AS moved WHERE setlist_songs.id = moved.value ->> 0`);
  const moved = move.counts.length > 0 ? 1 : 0;
  const [show] = await tx
    .update(shows)
    .set({
      tallyVersion: sql`${shows.tallyVersion} + ${moved}`,
      totalVotes: sql`${shows.totalVotes} + ${move.change}`,
    })
    .where(eq(shows.id, move.showId))
    .returning({ version: shows.tallyVersion });
  if (!show) throw new Error("The show of held votes is gone");
  return show.version;
}

export async function insertCase(tx: Transaction, row: NewCase): Promise<number> {
  const [added] = await tx.insert(quarantineCases).values(row).returning({ id: quarantineCases.id });
  if (!added) throw new Error("The inserted case was not returned");
  return added.id;
}

export async function updateCase(tx: Transaction, id: number, change: Partial<NewCase>): Promise<void> {
  await tx.update(quarantineCases).set(change).where(eq(quarantineCases.id, id));
}

/** Puts fans who have voted on a show into a case; those who are in one of the show stay there. */
export async function addFansToCase(
  tx: Transaction,
  { caseId, showId, userIds }: { caseId: number; showId: number; userIds: readonly number[] },
): Promise<void> {
  await tx.run(sql`
    INSERT INTO quarantine_fans (show_id, user_id, case_id)
    SELECT a.show_id, a.user_id, ${caseId} FROM show_allowances a
    WHERE a.show_id = ${showId} AND a.user_id IN (SELECT value FROM json_each(${JSON.stringify(userIds)}))
    ON CONFLICT DO NOTHING`);
}

/** The fans of a show who are in a case, with that case's state. */
export function fansInCases(db: Queryable, showId: number) {
  return db
    .select({
      userId: quarantineFans.userId,
      caseId: quarantineFans.caseId,
      decision: quarantineCases.decision,
      score: quarantineCases.score,
    })
    .from(quarantineFans)
    .innerJoin(quarantineCases, eq(quarantineCases.id, quarantineFans.caseId))
    .where(eq(quarantineFans.showId, showId));
}

/** A case with its show and who decided it; null where there is none. */
export async function caseById(db: Queryable, id: number) {
  const [row] = await listed(db).where(eq(quarantineCases.id, id));
  return row ?? null;
}

export type ListedCase = NonNullable<Awaited<ReturnType<typeof caseById>>>;

/** One page of the cases in a state (null: not decided yet), latest first. */
export function listCases(
  db: Queryable,
  { decision, before, limit }: { decision: Decision | null; before?: number | undefined; limit: number },
) {
  const state = decision === null ? isNull(quarantineCases.decision) : eq(quarantineCases.decision, decision);
  const earlier = before === undefined ? undefined : lt(quarantineCases.id, before);
  return listed(db).where(and(state, earlier)).orderBy(desc(quarantineCases.id)).limit(limit);
}

function listed(db: Queryable) {
  return db
    .select({
      id: quarantineCases.id,
      showId: quarantineCases.showId,
      openedAt: quarantineCases.openedAt,
      score: quarantineCases.score,
      signals: quarantineCases.signals,
      heldAt: quarantineCases.heldAt,
      decision: quarantineCases.decision,
      decidedAt: quarantineCases.decidedAt,
      decidedBy: users.displayName,
      note: quarantineCases.note,
      show: { slug: shows.slug, localDate: shows.localDate, totalVotes: shows.totalVotes },
      artist: artistColumns,
      venue: venueColumns,
    })
    .from(quarantineCases)
    .innerJoin(shows, eq(shows.id, quarantineCases.showId))
    .innerJoin(artists, eq(artists.id, shows.artistId))
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .leftJoin(users, eq(users.id, quarantineCases.decidedBy));
}

/** How many fans and standing votes some cases hold. */
export function caseSizes(db: Queryable, ids: readonly number[]) {
  return db.all<{ id: number; fans: number; votes: number }>(sql`
    SELECT f.case_id AS id, count(*) AS fans, sum(a.votes) AS votes FROM quarantine_fans f
    JOIN show_allowances a ON a.show_id = f.show_id AND a.user_id = f.user_id
    WHERE f.case_id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) GROUP BY f.case_id`);
}

/** The ids of a case's fans. */
export async function fansOfCase(db: Queryable, caseId: number): Promise<number[]> {
  const rows = await db
    .select({ userId: quarantineFans.userId })
    .from(quarantineFans)
    .where(eq(quarantineFans.caseId, caseId));
  return rows.map((row) => row.userId);
}

/** The first fans of a case with what they chose (setlist song ids as a JSON list, in the order cast). */
export function caseBallots(db: Queryable, caseId: number, limit: number) {
  return db.all<{ userId: number; displayName: string; createdAt: number; firstCastAt: number | null; chosen: string }>(sql`
    SELECT f.user_id AS userId, u.display_name AS displayName, u.created_at AS createdAt,
      a.first_cast_at AS firstCastAt,
      (SELECT json_group_array(v.setlist_song_id ORDER BY v.cast_at) FROM votes v
       WHERE v.show_id = f.show_id AND v.user_id = f.user_id) AS chosen
    FROM quarantine_fans f
    JOIN users u ON u.id = f.user_id
    JOIN show_allowances a ON a.show_id = f.show_id AND a.user_id = f.user_id
    WHERE f.case_id = ${caseId} ORDER BY f.user_id LIMIT ${limit}`);
}

/** The votes of a case's fans by setlist song. */
export function caseVotes(db: Queryable, { showId, caseId }: { showId: number; caseId: number }) {
  return db.all<{ setlistSongId: number; votes: number }>(sql`
    SELECT v.setlist_song_id AS setlistSongId, count(*) AS votes
    FROM quarantine_fans f JOIN votes v ON v.show_id = f.show_id AND v.user_id = f.user_id
    WHERE f.case_id = ${caseId} AND f.show_id = ${showId} GROUP BY 1`);
}
