import type { TestDatabase } from "./test-database.ts";

export interface WrittenEvent {
  kind: string;
  /** Null where the change is not of one show. */
  show: number | null;
  payload: Record<string, unknown>;
}

/** What the outbox holds after a sequence number, in commit order. */
export async function eventsSince(database: TestDatabase, seq: number): Promise<WrittenEvent[]> {
  const rows = await database.rows("SELECT kind, show_id, payload FROM events WHERE seq > ? ORDER BY seq", seq);
  return rows.map((row) => ({
    kind: String(row["kind"]),
    show: row["show_id"] === null ? null : Number(row["show_id"]),
    payload: JSON.parse(String(row["payload"])) as Record<string, unknown>,
  }));
}

export async function lastSeq(database: TestDatabase): Promise<number> {
  const [row] = await database.rows("SELECT coalesce(max(seq), 0) AS seq FROM events");
  return Number(row!["seq"]);
}

/**
 * Where the counters of a database do not agree with the votes in it: empty in a sound one. The
 * counters are kept by the commands, so this counts again what they claim.
 */
export function miscounts(database: TestDatabase): Promise<Record<string, unknown>[]> {
  return database.rows(`
    SELECT 'setlist song' AS what, id, votes AS claimed,
      (SELECT count(*) FROM votes WHERE setlist_song_id = setlist_songs.id) AS counted
    FROM setlist_songs WHERE claimed <> counted
    UNION ALL
    SELECT 'show', id, total_votes AS claimed,
      (SELECT count(*) FROM votes WHERE show_id = shows.id) AS counted
    FROM shows WHERE claimed <> counted
    UNION ALL
    SELECT 'allowance', user_id, votes AS claimed,
      (SELECT count(*) FROM votes v WHERE v.user_id = a.user_id AND v.show_id = a.show_id) AS counted
    FROM show_allowances a WHERE claimed <> counted
    UNION ALL
    SELECT 'tally version', id, tally_version AS claimed,
      (SELECT count(*) FROM events WHERE show_id = shows.id AND kind IN ('tally.changed', 'ballot.changed')) AS counted
    FROM shows WHERE claimed <> counted`);
}
