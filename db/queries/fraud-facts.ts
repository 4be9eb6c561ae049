import { sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";

/** The next shows, by id after `after`, whose tally has moved since it was last looked at for fraud. */
export function showsToCheck(db: Queryable, after: number, limit: number) {
  return db.all<{ id: number; tallyVersion: number }>(sql`
    SELECT s.id, s.tally_version AS tallyVersion FROM shows s
    LEFT JOIN fraud_checks c ON c.show_id = s.id
    WHERE s.id > ${after} AND s.tally_version > coalesce(c.tally_version, 0)
      AND s.status IN ('upcoming', 'ongoing')
    ORDER BY s.id LIMIT ${limit}`);
}

export interface VoterRow {
  userId: number;
  createdAt: number;
  firstCastAt: number;
  network: string | null;
  held: number;
  /** "setlistSongId castAt" of each vote, separated by commas. */
  votes: string;
}

/**
 * The newest accounts with votes on a show, below an account id: ids rise with time, so they are
 * found by the key. Demo fans are nobody's hand and are left out.
 */
export function newestVoters(db: Queryable, showId: number, below: number, limit: number) {
  return db.all<VoterRow>(sql`
    SELECT a.user_id AS userId, u.created_at AS createdAt, a.first_cast_at AS firstCastAt, a.network,
      a.quarantined_at IS NOT NULL AS held,
      (SELECT group_concat(v.setlist_song_id || ' ' || v.cast_at) FROM votes v
       WHERE v.show_id = a.show_id AND v.user_id = a.user_id) AS votes
    FROM show_allowances a CROSS JOIN users u ON u.id = a.user_id
    WHERE a.show_id = ${showId} AND a.user_id < ${below} AND a.votes > 0
      AND a.first_cast_at IS NOT NULL AND u.demo = 0
    ORDER BY a.user_id DESC LIMIT ${limit}`);
}

export interface AgesRow {
  /** Null for all networks that were not asked for by name. */
  network: string | null;
  fans: number;
  young: number;
  /** How many rows of the slice were read for it, and the last account among them. */
  seen: number;
  last: number;
}

/**
 * A slice of a show's fans whose votes count, by account id after `after`: how many there are, and how
 * many accounts were younger than `youngMs` at their first vote, for each of the named networks.
 */
export function agesByNetwork(
  db: Queryable,
  slice: { showId: number; after: number; limit: number; networks: readonly string[]; youngMs: number },
) {
  const names = JSON.stringify(slice.networks);
  return db.all<AgesRow>(sql`
    SELECT a.network, sum(a.counts AND u.demo = 0) AS fans,
      sum(a.counts AND u.demo = 0 AND a.first_cast_at - u.created_at < ${slice.youngMs}) AS young,
      count(*) AS seen, max(a.user_id) AS last
    FROM (SELECT user_id, first_cast_at,
            CASE WHEN network IN (SELECT value FROM json_each(${names})) THEN network END AS network,
            votes > 0 AND quarantined_at IS NULL AND first_cast_at IS NOT NULL AS counts
          FROM show_allowances WHERE show_id = ${slice.showId} AND user_id > ${slice.after}
          ORDER BY user_id LIMIT ${slice.limit}) AS a
    CROSS JOIN users u ON u.id = a.user_id GROUP BY 1`);
}

/** A show's ballot with its public tally. */
export function publicTally(db: Queryable, showId: number) {
  return db.all<{ setlistSongId: number; position: number; votes: number }>(sql`
    SELECT id AS setlistSongId, position, votes FROM setlist_songs WHERE show_id = ${showId}`);
}

/** Remembers up to which tally version a show has been looked at. */
export async function markChecked(
  tx: Transaction,
  check: { showId: number; tallyVersion: number; checkedAt: number },
): Promise<void> {
  await tx.run(sql`
    INSERT INTO fraud_checks (show_id, tally_version, checked_at)
    SELECT id, ${check.tallyVersion}, ${check.checkedAt} FROM shows WHERE id = ${check.showId}
    ON CONFLICT DO UPDATE SET tally_version = excluded.tally_version, checked_at = excluded.checked_at`);
}

/** A place among all fans of all shows, in the order in which they lie on disk. */
export interface AllowancePlace {
  showId: number;
  userId: number;
}

/**
 * Drops the network hashes of first votes before `before` (epoch ms) from the next `limit` fans; the
 * place to go on from, null at the end. Walking by the key needs no index that every first vote would pay for.
 */
export async function dropNetworks(
  tx: Transaction,
  { after, before, limit }: { after: AllowancePlace; before: number; limit: number },
): Promise<AllowancePlace | null> {
  const [end] = await tx.all<{ show_id: number; user_id: number }>(sql`
    SELECT show_id, user_id FROM show_allowances WHERE (show_id, user_id) > (${after.showId}, ${after.userId})
    ORDER BY show_id, user_id LIMIT 1 OFFSET ${limit - 1}`);
  const until = end ? sql`AND (show_id, user_id) <= (${end.show_id}, ${end.user_id})` : sql``;
  await tx.run(sql`
    UPDATE show_allowances SET network = NULL
    WHERE (show_id, user_id) > (${after.showId}, ${after.userId}) ${until}
      AND network IS NOT NULL AND first_cast_at < ${before}`);
  return end ? { showId: end.show_id, userId: end.user_id } : null;
}
