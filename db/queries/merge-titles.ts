import { sql } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { logOf, rowAsJson, type MergePair } from "../merge-sql.ts";
import { unmatchedTitles } from "../schema/index.ts";

/** Of a title that waits at an artist and of which somebody has decided at the one that goes, the decision stays: what waits is dropped and noted. */
export async function dropUndecided(tx: Transaction, { mergeId, from, into }: MergePair): Promise<void> {
  await tx.run(sql`
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT ${mergeId}, 'unmatched_titles', 'dropped', json_array(u.title_key), ${rowAsJson(unmatchedTitles, "u")}
    FROM unmatched_titles u JOIN unmatched_titles said ON said.artist_id = ${from} AND said.title_key = u.title_key AND said.status <> 'open'
    WHERE u.artist_id = ${into} AND u.status = 'open'`);
  await tx.run(sql`
    DELETE FROM unmatched_titles WHERE (artist_id, title_key) IN (
      SELECT log.row ->> 'artist_id', log.row ->> 'title_key' FROM merge_rows log WHERE ${logOf([mergeId], "unmatched_titles", "dropped")})`);
}
