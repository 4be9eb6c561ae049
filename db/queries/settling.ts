import { sql } from "drizzle-orm";
import type { SetlistFacts } from "#server/domain/setlists/status.ts";
import type { SetlistStatus } from "#server/domain/setlists/accounts.ts";
import type { Queryable, Transaction } from "../client.ts";

export interface OpenSetlist extends SetlistFacts {
  id: number;
  showId: number;
  artistId: number;
  status: SetlistStatus;
}

/** Setlists that are not final, by id after one, with what their status follows from. */
export async function openSetlists(db: Queryable, after: number, limit: number): Promise<OpenSetlist[]> {
  const rows = await db.all<Omit<OpenSetlist, "encore"> & { encore: number }>(sql`
    SELECT a.id, a.show_id AS showId, a.status, s.artist_id AS artistId, s.local_date AS localDate, s.starts_at AS startsAt, v.time_zone AS timeZone,
      coalesce((SELECT d.unchanged FROM due_times d WHERE d.kind = 'setlist' AND d.id = a.show_id AND a.provider IS NOT NULL), 0) AS sameVersion,
      (SELECT count(*) FROM played_songs p WHERE p.setlist_id = a.id AND p.tape = 0) AS songs,
      EXISTS (SELECT 1 FROM actual_sets e JOIN played_songs p ON p.setlist_id = e.setlist_id AND p.set_number = e.number
        WHERE e.setlist_id = a.id AND e.encore IS NOT NULL AND p.tape = 0) AS encore
    FROM actual_setlists a JOIN shows s ON s.id = a.show_id JOIN venues v ON v.id = s.venue_id
    WHERE a.status <> 'final' AND a.id > ${after} ORDER BY a.id LIMIT ${limit}`);
  return rows.map((row) => ({ ...row, encore: row.encore === 1 }));
}

export async function setStatuses(tx: Transaction, changed: { id: number; status: SetlistStatus }[]): Promise<void> {
  if (changed.length === 0) return;
  const input = JSON.stringify(changed.map(({ id, status }) => [id, status]));
  await tx.run(sql`
    UPDATE actual_setlists SET status = moved.value ->> 1 FROM json_each(${input}) AS moved
    WHERE actual_setlists.id = moved.value ->> 0 AND actual_setlists.status <> 'final'`);
}
