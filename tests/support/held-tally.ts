import type { TestDatabase } from "./test-database.ts";

/** Counters that are not what counting the votes that are not held says; empty where all is well. */
export function wrongHeldCounters(database: TestDatabase): Promise<Record<string, unknown>[]> {
  const standing = `votes v JOIN show_allowances a ON a.show_id = v.show_id AND a.user_id = v.user_id
    AND a.quarantined_at IS NULL`;
  return database.rows(`
    SELECT 'setlist song' AS what, s.id, s.votes AS stored,
      (SELECT count(*) FROM ${standing} WHERE v.setlist_song_id = s.id) AS counted
    FROM setlist_songs s WHERE stored <> counted
    UNION ALL
    SELECT 'show', s.id, s.total_votes AS stored, (SELECT count(*) FROM ${standing} WHERE v.show_id = s.id) AS counted
    FROM shows s WHERE stored <> counted
    UNION ALL
    SELECT 'allowance', a.user_id, a.votes AS stored,
      (SELECT count(*) FROM votes v WHERE v.user_id = a.user_id AND v.show_id = a.show_id) AS counted
    FROM show_allowances a WHERE stored <> counted
    UNION ALL
    SELECT 'tally version', s.id, s.tally_version AS stored,
      (SELECT count(*) FROM events e WHERE e.show_id = s.id AND e.kind IN ('tally.changed', 'ballot.changed')) AS counted
    FROM shows s WHERE stored <> counted`);
}
