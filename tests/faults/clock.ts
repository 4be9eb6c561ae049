import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createTheSetClient } from "#server/client.ts";
import { openReader, openWriter } from "#db/client.ts";
import { tallyOf } from "./crowd.ts";
import { grouped, type Figure } from "./figure.ts";
import { startProgram } from "./program.ts";
import { behind, setStage, wrongs } from "./stage.ts";
import { Watcher } from "./watcher.ts";

const LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
/** By how many days the clock is off, one after the other. */
const JUMPS = [0, 1, 0, -1, 0, 1, -1];

/** Songs of a round: ten on each of six shows, more than a day's allowance. */
const SHOWS_A_ROUND = 6;
const DAY_MS = 86_400_000;

/** Lets voting go on for longer than any jump. */
async function keepOpen(url: string): Promise<void> {
  const writer = await openWriter(url);
  const later = Date.now() + 30 * DAY_MS;
  await writer.client.execute({ sql: "UPDATE predicted_setlists SET closes_at = ?", args: [later] });
  await writer.client.execute({ sql: "UPDATE shows SET starts_at = ?", args: [later] });
  writer.close();
}

/** Casts a vote on each of some songs; how many counted. */
async function counted(url: string, token: string, songs: readonly number[]): Promise<number> {
  const client = createTheSetClient({ url, token });
  let count = 0;
  for (const setlistSongId of songs) {
    const verdict = await client.votes.cast.mutate({ setlistSongId }).then((answer) => answer.verdict, () => "refused");
    if (verdict === "counted") count += 1;
  }
  return count;
}

/** Sets the program's clock a day ahead and back while fans vote, and tries to get past the limits by it. */
export async function jumpTheClock(): Promise<Figure> {
  using stage = await setStage({ fans: 4_000, shows: 10 + JUMPS.length * SHOWS_A_ROUND, connections: 16 });
  await keepOpen(stage.url);
  const { url, stock, crowd, ledger, folder } = stage;
  const clock = join(folder, "clock");
  const setClock = (days: number) => {
    writeFileSync(`${clock}.new`, `${days < 0 ? "-" : "+"}${Math.abs(days)}d\n`);
    renameSync(`${clock}.new`, clock);
  };
  setClock(0);
  await using program = await startProgram({
    databaseUrl: url,
    env: { LD_PRELOAD: LIBRARY, FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" },
  });
  const watcher = new Watcher(stock.shows[0]!.slug);
  await watcher.connect(program.url);
  const greedy = stock.tokens.length;
  const token = stock.tokens[greedy - 1]!;
  const songs = stock.shows.slice(10).flatMap((show) => show.setlistSongIds.slice(0, 10));
  const problems: string[] = [];
  let [survived, votes] = [0, 0];
  for (const [i, days] of JUMPS.entries()) {
    setClock(days);
    const voting = new AbortController();
    const answering = crowd.vote(program.url, voting.signal);
    const taken = await counted(program.url, token, songs.slice(i * SHOWS_A_ROUND * 10, (i + 1) * SHOWS_A_ROUND * 10));
    await pause(700);
    voting.abort();
    const answers = await answering;
    votes += answers.length;
    const first = JUMPS.indexOf(days) === i;
    const found: string[] = [];
    if (taken !== (first ? 50 : 0)) found.push(`${taken} votes of ${first ? "a new day" : "a day that was used up"} counted`);
    const odd = answers.filter(({ status, verdict }) => status !== 200 && verdict !== "day_limit");
    if (odd.length > 0) found.push(`answers ${JSON.stringify(tallyOf(odd))}`);
    found.push(...(await behind(url, new Map([[stock.shows[0]!.id, watcher]]))));
    if (found.length === 0) survived += 1;
    problems.push(...found.map((problem) => `jump ${i} to ${days} d: ${problem}`));
  }
  problems.push(...watcher.problems, ...(await beyondLimits(url)));
  await watcher.close();
  const { code, seconds } = await program.end("SIGTERM");
  if (code !== 0) problems.push(`stopping ended with ${code}`);
  const comparison = await ledger.compare(url);
  problems.push(...wrongs("", { ...comparison, invented: comparison.invented.filter((vote) => !vote.startsWith(`${greedy} `)) }));
  const measured = [`${grouped(votes)} votes asked for across ${JUMPS.length - 1} jumps`, "50 a day counted and not one more", `stopped in ${seconds.toFixed(1)} s`];
  return { fault: "clock a day ahead, back, behind", tried: JUMPS.length, survived, lost: comparison.lost.length, measured, problems };
}

async function beyondLimits(url: string): Promise<string[]> {
  const connection = await openReader(url);
  const days = await connection.client.execute(
    "SELECT user_id, cast_at / 86400000 AS day, count(*) AS n FROM votes GROUP BY 1, 2 HAVING n > 50",
  );
  const shows = await connection.client.execute("SELECT user_id, show_id, count(*) AS n FROM votes GROUP BY 1, 2 HAVING n > 10");
  connection.close();
  return [
    ...days.rows.map((row) => `fan ${Number(row["user_id"])} has ${Number(row["n"])} votes of one day`),
    ...shows.rows.map((row) => `fan ${Number(row["user_id"])} has ${Number(row["n"])} votes on one show`),
  ];
}
