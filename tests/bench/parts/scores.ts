import { openWriter } from "#db/client.ts";
import { Writer } from "#db/writer.ts";
import { commandsWith } from "#server/commands/registry.ts";
import { type FanSlice, type ScoredSlice, startOf } from "#server/commands/scores/score-fans.ts";
import { type Figure, percentile } from "../figures.ts";
import { Ground } from "../ground.ts";
import type { BenchOptions } from "../options.ts";
import { stockDatabase } from "../stock.ts";

const FANS = 50_000;
/** Shows of the artist; at ten of those before the last one each fan has a score already. */
const SHOWS = 20;
const SONGS = 30;
const SHOW = SHOWS;
const VOTES_EACH = 10;
const DAY_MS = 86_400_000;

/** Scoring a show on which 50,000 fans have ten votes each and ten scored shows before: in all, and the longest that votes wait for. */
export async function benchScores(options: BenchOptions): Promise<Figure[]> {
  using ground = new Ground(options);
  const url = `file:${ground.newFile()}`;
  await stockDatabase(url, { shows: SHOWS, songsPerShow: SONGS, fans: FANS });
  await stockEvening(url);
  const writer = await Writer.start({
    registry: commandsWith({ networkKey: "bench" }),
    open: () => openWriter(url),
    sleep: () => Promise.resolve(),
    random: () => 0.5,
    clock: () => performance.now(),
    schedule: () => () => {},
  });
  await stockStandings(writer);
  const first = await scoreOnce(writer);
  const again = await scoreOnce(writer);
  await writer.close();
  if (first.fans !== FANS || again.changed !== 0) throw new Error(`${first.fans} fans scored, ${again.changed} rows changed the second time`);
  return [...figuresOf("first", first), ...figuresOf("again, every board compared, nothing to write", again)];
}

/** Everything before the score: votes, a setlist of 20 songs that is final, and scores of earlier shows. */
async function stockEvening(url: string): Promise<void> {
  const connection = await openWriter(url);
  const run = (sql: string) => connection.client.execute(sql);
  const then = Date.now() - 5 * DAY_MS;
  await run("PRAGMA foreign_keys = OFF");
  await run("BEGIN IMMEDIATE");
  await run(`UPDATE predicted_setlists SET closes_at = ${then}`);
  await run(`UPDATE shows SET status = 'completed', tour = 'Tour ' || (id % 3), starts_at = ${then}, local_date = date('now', (id - ${SHOWS + 5}) || ' days')`);
  await run(`INSERT INTO show_allowances (user_id, show_id, votes) SELECT id, ${SHOW}, ${VOTES_EACH} FROM users`);
  await run(`INSERT INTO votes (show_id, user_id, setlist_song_id, cast_at)
    SELECT ${SHOW}, users.id, ${(SHOW - 1) * SONGS} + (users.id * 7 + v.value * 3) % ${SONGS} + 1, ${then} - users.id FROM users CROSS JOIN json_each('[0,1,2,3,4,5,6,7,8,9]') v
    ORDER BY users.id`);
  await run(`UPDATE setlist_songs SET votes = (SELECT count(*) FROM votes WHERE setlist_song_id = setlist_songs.id AND votes.show_id = ${SHOW}) WHERE show_id = ${SHOW}`);
  await run(`INSERT INTO fan_scores SELECT shows.id, users.id, 10, 4, 60, 0, 0, 3000, ${then} FROM shows CROSS JOIN users WHERE shows.id < ${SHOW} AND (shows.id + users.id) % 2 = 0`);
  await run(`INSERT INTO actual_setlists (id, show_id, provider, provider_id, version, url, status, stored_at) VALUES (1, ${SHOW}, 'setlistfm', 'bench', '1', 'https://example.org', 'final', 0)`);
  await run("INSERT INTO actual_sets (setlist_id, number) VALUES (1, 1)");
  await run("INSERT INTO played_songs (setlist_id, position, set_number, title, title_key, song_id, tape) SELECT 1, id, 1, title, search_title, id, 0 FROM songs WHERE id <= 20");
  await run("COMMIT");
  await run("PRAGMA wal_checkpoint(TRUNCATE)");
  connection.close();
}

/** Every fan stands on the boards of the earlier shows. */
async function stockStandings(writer: Writer): Promise<void> {
  for (let from = 1; from <= FANS; from += 1_000) {
    const userIds = Array.from({ length: 1_000 }, (_, i) => from + i);
    await writer.submit({ name: "mendStandings", input: { userIds }, now: 0 });
  }
}

interface Scored {
  fans: number;
  changed: number;
  /** Milliseconds of each transaction. */
  parts: number[];
}

async function scoreOnce(writer: Writer): Promise<Scored> {
  const scored: Scored = { fans: 0, changed: 0, parts: [] };
  for (let slice: FanSlice | null = startOf(SHOW); slice !== null; ) {
    const start = performance.now();
    const outcome = await writer.submit({ name: "scoreFans", input: slice, now: Date.now() });
    scored.parts.push(performance.now() - start);
    if (!outcome.ok) throw outcome.error;
    const part = outcome.value as ScoredSlice;
    scored.fans += part.fans;
    scored.changed += part.changed;
    slice = part.next;
  }
  return scored;
}

function figuresOf(what: string, { parts }: Scored): Figure[] {
  const all = parts.reduce((sum, ms) => sum + ms, 0);
  return [
    { name: `a show of ${FANS.toLocaleString("en")} fans scored, ${what}`, value: all / 1_000, unit: "s", note: `${parts.length} transactions` },
    { name: `its longest transaction, ${what}`, value: Math.max(...parts), unit: "ms", note: `median ${percentile(parts, 0.5).toFixed(0)} ms` },
  ];
}
