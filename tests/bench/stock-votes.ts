import { openWriter } from "#db/client.ts";
import { permutationStep, showOfSql } from "./load/vote-plan.ts";
import type { StockSize } from "./stock.ts";

const VOTES_PER_PAIR = 10;
const DAY_MS = 86_400_000;
/** Stocked votes lie on this many days before today, so that today's allowance is whole. */
const DAYS = 30;

/** Stocks a database (already stocked with shows and fans) with votes of earlier days, every counter in step. */
export async function stockVotes(url: string, size: StockSize, votes: number): Promise<void> {
  const pairs = votes / VOTES_PER_PAIR;
  if (!Number.isInteger(pairs) || pairs > 2 * size.fans) throw new Error(`${votes} votes do not fit ${size.fans} fans`);
  const connection = await openWriter(url);
  const run = (sql: string) => connection.client.execute(sql);
  await run("PRAGMA foreign_keys = OFF");
  await run("PRAGMA cache_size = -1000000");
  await run(pairTable(size, pairs));
  await run("BEGIN IMMEDIATE");
  await run(`INSERT INTO show_allowances (user_id, show_id, votes)
    SELECT fan, show, ${VOTES_PER_PAIR} FROM pairs ORDER BY i`);
  await run(`INSERT INTO day_allowances (user_id, day, votes)
    SELECT fan, day, ${VOTES_PER_PAIR} * count(*) FROM pairs GROUP BY fan, day`);
  // In the order in which they were cast: the tree looks as life would have left it.
  await run(`INSERT INTO votes (show_id, user_id, setlist_song_id, cast_at)
    SELECT show, fan, (show - 1) * ${size.songsPerShow} + (fan + v.value) % ${size.songsPerShow} + 1,
      day * ${DAY_MS} + i * 100 + v.value
    FROM pairs CROSS JOIN json_each('[0,1,2,3,4,5,6,7,8,9]') v ORDER BY i, v.value`);
  await run(`UPDATE setlist_songs SET votes = counted.n FROM
    (SELECT setlist_song_id AS id, count(*) AS n FROM votes GROUP BY 1) AS counted WHERE setlist_songs.id = counted.id`);
  await run(`UPDATE shows SET total_votes = counted.n, tally_version = counted.n FROM
    (SELECT show_id AS id, count(*) AS n FROM votes GROUP BY 1) AS counted WHERE shows.id = counted.id`);
  await run("COMMIT");
  const { rows } = await run("SELECT (SELECT count(*) FROM votes), (SELECT sum(total_votes) FROM shows)");
  const [stored, tallied] = [Number(rows[0]![0]), Number(rows[0]![1])];
  if (stored !== votes || tallied !== votes) throw new Error(`Stocked ${stored} votes of ${votes}, tallied ${tallied}`);
  await run("PRAGMA wal_checkpoint(TRUNCATE)");
  connection.close();
}

/** The fans' ballots, each a fan, a show and a day, in the order in which they were filled in. */
function pairTable({ fans, shows }: StockSize, pairs: number): string {
  const today = Math.floor(Date.now() / DAY_MS);
  return `CREATE TEMP TABLE pairs AS
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${pairs - 1}),
    ballot AS (SELECT i, (i * ${permutationStep(fans)}) % ${fans} + 1 AS fan, i / ${fans} AS turn FROM n)
    SELECT i, fan, ${showOfSql("fan", "turn", shows)} AS show, ${today - DAYS} + i * ${DAYS} / ${pairs} AS day FROM ballot`;
}
