/**
 * Imports artists from the sandbox into a fresh site while it serves pages and takes votes, and prints how that
 * went: `run.ts [--artists N] [--small] [--keep]`. `--small` leaves the two large catalogues out; `--keep` leaves
 * the site running until it is interrupted.
 */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { MUSICBRAINZ } from "#jobs/providers/musicbrainz/terms.ts";
import { SETLISTFM } from "#jobs/providers/setlistfm/terms.ts";
import { SPOTIFY } from "#jobs/providers/spotify/terms.ts";
import { TICKETMASTER } from "#jobs/providers/ticketmaster/terms.ts";
import { percentile, type Figure } from "#tests/bench/figures.ts";
import { Visit } from "#tests/bench/parts/import-pages.ts";
import { tableOf } from "#tests/bench/report.ts";
import { residentNow, watchResident } from "#tests/bench/resident.ts";
import { GREETING, startProcess } from "#tests/bench/server-process.ts";
import { stockDatabase } from "#tests/bench/stock.ts";
import { catalogueDigest } from "#tests/support/catalogue-rows.ts";
import { importOutside, importsDone, importsStudied, rowsOutside } from "#tests/support/outside.ts";
import { requestsIn, startSandboxProcess } from "#tests/support/sandbox-process.ts";
import { startWork } from "#tests/support/work-process.ts";

/** So many times as fast as the providers allow; the sandbox's limits are raised as much. */
const FASTER = 20;
const LARGE = [
  { recordings: 12_000, works: 900, albums: 150, upcomingShows: 40, pastShows: 50 },
  { recordings: 500, works: 150, albums: 20, upcomingShows: 40, pastShows: 2_400 },
];
const SMALL = [{ recordings: 40, works: 15, albums: 3, upcomingShows: 4, pastShows: 8 }];
const STOCK = { shows: 20, songsPerShow: 40, fans: 400 };
const BEFORE_MS = 3_000;
const MOST_MS = 20 * 60_000;
const TELL_MS = 3_000;

const { values } = parseArgs({ options: { artists: { type: "string", default: "30" }, small: { type: "boolean", default: false }, keep: { type: "boolean", default: false } } });
const artists = Number(values.artists);
const folder = mkdtempSync(join(tmpdir(), "theset-demo-sync-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(values.keep ? 0 : 130));

const url = `file:${join(folder, "theset.db")}`;
const stock = await stockDatabase(url, STOCK);
const paces = { musicbrainz: MUSICBRAINZ, setlistfm: SETLISTFM, ticketmaster: TICKETMASTER, spotify: SPOTIFY };
const paceMs = { musicbrainz: 0, setlistfm: 0, ticketmaster: 0, spotify: 0 };
for (const name of Object.keys(paces) as (keyof typeof paces)[]) paceMs[name] = Math.ceil(paces[name].minTimeMs / FASTER);
await using sandbox = await startSandboxProcess({ artists, sizes: values.small ? Array.from({ length: artists }, () => SMALL[0]!) : LARGE, festivals: 3, pace: FASTER, day: null, paceMs });
const env = { ...sandbox.env, NODE_ENV: "production", PORT: "0", DEMO: "0", DATABASE_URL: url, LOG_LEVEL: "error" };
const server = await startProcess(["build/theset.mjs", "serve", "--no-jobs"], { env, greeting: GREETING });
await using work = await startWork({ databaseUrl: url, env: sandbox.env });
console.log(`The site is at ${server.url}; ${artists} artists are imported at ${FASTER} times the pace that the providers allow.`);

const visit = new Visit(server.url, stock);
const before = await visit.until(new Promise((resolve) => setTimeout(resolve, BEFORE_MS)));
const idle = residentNow(work.pid);
const watch = watchResident(work.pid);
const first = await importAll();
const { peak } = watch.stop();
const rows = await imported();
const again = await importAll();
const unchanged = JSON.stringify(rows) === JSON.stringify(await imported());
const [held] = await rowsOutside(url, `SELECT (SELECT count(*) FROM songs) || ' songs, ' || (SELECT count(*) FROM albums) || ' albums, ' || (SELECT count(*) FROM shows) || ' shows, '
  || (SELECT count(*) FROM actual_setlists) || ' setlists with ' || (SELECT count(*) FROM played_songs) || ' songs' AS text`);
console.log(tableOf({ part: `${artists} artists: ${String(held!.text)}`, seconds: first.seconds + again.seconds, figures: figures() }));
console.log("What kills do to an import is tried by: npm run test:faults -- --only import");
if (!unchanged) process.exitCode = 1;

if (values.keep) {
  console.log(`The site stays at ${server.url}. End it with Ctrl+C.`);
  await once(server.process, "exit");
}
await work.end("SIGTERM");
await server.stop();

/** Imports all artists and looks on; throws where one does not come in. */
async function importAll() {
  await sandbox.tell("/traffic/clear");
  const began = performance.now();
  for (const { name } of await sandbox.artists()) await importOutside(url, { name });
  const telling = setInterval(() => void tell(began), TELL_MS);
  const times = await visit.until(importsDone(url, MOST_MS)).finally(() => clearInterval(telling));
  const seconds = (performance.now() - began) / 1000;
  await importsStudied(url, MOST_MS);
  return { seconds, times, traffic: await sandbox.traffic() };
}

/** What was imported: the rest of the shows are those that are voted on meanwhile. */
function imported(): Promise<Record<string, string>> {
  const only: Record<string, string> = { shows: `id > ${STOCK.shows}`, setlist_songs: `show_id > ${STOCK.shows}` };
  return catalogueDigest((sql) => rowsOutside(url, `${sql} WHERE ${only[sql.split(" ").at(-1)!] ?? "true"}`));
}

async function tell(began: number): Promise<void> {
  const [row] = await rowsOutside(url, "SELECT count(*) AS n, (SELECT count(*) FROM songs) AS songs, (SELECT count(*) FROM actual_setlists) AS setlists FROM imports WHERE phase <> 'done'");
  const { n, songs, setlists } = row as Record<string, number>;
  console.log(`${((performance.now() - began) / 1000).toFixed(0)} s: ${n} to come, ${songs} songs, ${setlists} setlists`);
}

function figures(): Figure[] {
  const latency = (name: string, times: number[]): Figure[] => [
    { name: `${name}, p50`, value: percentile(times, 0.5), unit: "ms" },
    { name: `${name}, p99`, value: percentile(times, 0.99), unit: "ms", note: `${times.length} of them` },
  ];
  const beyond = Object.values(first.traffic).reduce((sum, { violations }) => sum + violations, 0);
  const percent = (100 * requestsIn(again.traffic)) / requestsIn(first.traffic);
  return [
    { name: "time of the imports", value: first.seconds, unit: "s" },
    { name: "calls", value: requestsIn(first.traffic), unit: "calls" },
    { name: "calls beyond a provider's limit", value: beyond, unit: "calls", bar: { atMost: 0 } },
    { name: "most resident memory of the runner over idle", value: peak - idle, unit: "MB", bar: { atMost: 64 } },
    // A small artist takes few calls the first time, and who it is has to be asked each time.
    { name: "calls of the second imports in percent of the first", value: percent, unit: "%", ...(!values.small && { note: "small artists included; of the large ones alone: npm run bench -- import" }) },
    { name: "tables of the catalogue that the second imports changed", value: unchanged ? 0 : 1, unit: "tables", bar: { atMost: 0 } },
    ...latency("a show page before", before.pages),
    ...latency("a show page during the imports", first.times.pages),
    ...latency("a vote before", before.votes),
    ...latency("a vote during the imports", first.times.votes),
  ];
}
