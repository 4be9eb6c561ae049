import { sql } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import type { showTrends } from "../schema/index.ts";

/** One text for any number of shows, so that the statement stays prepared. */
export async function putTrends(tx: Transaction, trends: (typeof showTrends.$inferInsert)[]): Promise<void> {
  const rows = JSON.stringify(trends.map(({ showId, votes, rate, at }) => [showId, votes, rate, at]));
  await tx.run(sql`
    INSERT INTO show_trends (show_id, votes, rate, at)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(${rows}) WHERE value ->> 0 IN (SELECT id FROM shows)
    ON CONFLICT (show_id) DO UPDATE SET votes = excluded.votes, rate = excluded.rate, at = excluded.at`);
}
