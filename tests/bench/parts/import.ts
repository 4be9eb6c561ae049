import { join } from "node:path";
import { openWriter } from "#db/client.ts";
import { migrate, readMigrations } from "#db/migrate.ts";
import { catalogueDigest, countChanges } from "#tests/support/catalogue-rows.ts";
import { importOutside, importsDone, importsStudied, rowsOutside } from "#tests/support/outside.ts";
import { requestsIn, startSandboxProcess, type SandboxProcess } from "#tests/support/sandbox-process.ts";
import type { ArtistSpec } from "#tests/support/sandbox/world.ts";
import { startWork, type WorkProcess } from "#tests/support/work-process.ts";
import { figure, type Figure } from "../figures.ts";
import { Ground } from "../ground.ts";
import type { BenchOptions } from "../options.ts";
import { residentNow, watchResident } from "../resident.ts";
import { measurePages } from "./import-pages.ts";
import { measurePace } from "./import-pace.ts";

/** 12,000 recordings beside the tracks of 150 albums; and 2,400 setlists of some 15 songs. */
const SIZES: ArtistSpec[] = [
  { recordings: 12_000, works: 900, albums: 150, upcomingShows: 40, pastShows: 50 },
  { recordings: 500, works: 150, albums: 20, upcomingShows: 40, pastShows: 2_400 },
];
const WHOSE = ["12,000 recordings", "2,400 setlists"];
const SETTLE_MS = 4_000;
const MOST_MS = 10 * 60_000;
const GROWTH_BAR_MB = 64;
const CALLS_BAR_PERCENT = 10;

/** Catalogues from the sandbox: time, calls, memory, second runs; then pages and votes meanwhile, and the pace. */
export async function benchImport(options: BenchOptions): Promise<Figure[]> {
  using ground = new Ground(options);
  const figures = await measureRunner(ground);
  return [...figures, ...(await measurePages(ground, SIZES[0]!)), ...(await measurePace(ground, Math.max(20, options.seconds)))];
}

/** An empty database; its address. */
export async function emptyDatabase(ground: Ground): Promise<string> {
  const url = `file:${ground.newFile()}`;
  const writer = await openWriter(url);
  await migrate(writer.client, readMigrations(join(process.cwd(), "db/migrations")));
  writer.close();
  return url;
}

async function measureRunner(ground: Ground): Promise<Figure[]> {
  const url = await emptyDatabase(ground);
  await using sandbox = await startSandboxProcess({ sizes: SIZES, paceMs: 0 });
  await using work = await startWork({ databaseUrl: url, env: sandbox.env });
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const idle = residentNow(work.pid);
  const figures = [figure("resident memory of an idle runner", "MB", [idle])];
  for (const [nth, whose] of WHOSE.entries()) figures.push(...(await importTwice({ url, sandbox, work, idle }, nth, whose)));
  await work.end("SIGTERM");
  return figures;
}

interface Setting {
  url: string;
  sandbox: SandboxProcess;
  work: WorkProcess;
  idle: number;
}

async function importTwice(setting: Setting, nth: number, whose: string): Promise<Figure[]> {
  const { url, idle } = setting;
  const first = await importOnce(setting, nth);
  const rows = (sql: string) => rowsOutside(url, sql);
  const before = await catalogueDigest(rows);
  const writer = await openWriter(url);
  await countChanges((sql) => writer.client.execute(sql));
  writer.close();
  const second = await importOnce(setting, nth);
  const [{ n }] = (await rows("SELECT count(*) AS n FROM counted_changes")) as [{ n: number }];
  await dropCounting(url);
  const same = JSON.stringify(before) === JSON.stringify(await catalogueDigest(rows));
  if (!same) throw new Error("The second import of an unchanged catalogue left other rows");
  const [held] = await rows("SELECT (SELECT count(*) FROM song_variants) || ' recordings and tracks and ' || (SELECT count(*) FROM played_songs) || ' played songs' AS text");
  return [
    figure(`${whose}: time, as fast as the sandbox answers`, "s", [first.seconds], { note: `${String(held!.text)} are stored afterwards` }),
    figure(`${whose}: calls`, "calls", [first.calls]),
    figure(`${whose}: most resident memory over idle`, "MB", [first.peak - idle], { bar: { atMost: GROWTH_BAR_MB }, note: `VmHWM; ${first.samples} samples of RSS each 100 ms had at most ${(first.sampled - idle).toFixed(0)} MB over idle` }),
    figure(`${whose}, again: calls in percent of the first`, "%", [(100 * second.calls) / first.calls], { bar: { atMost: CALLS_BAR_PERCENT }, note: `${second.calls} calls, ${second.seconds.toFixed(1)} s` }),
    figure(`${whose}, again: rows of the catalogue written`, "rows", [n], { bar: { atMost: 0 } }),
  ];
}

async function dropCounting(url: string): Promise<void> {
  const triggers = await rowsOutside(url, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'counted_%'");
  const writer = await openWriter(url);
  for (const { name } of triggers) await writer.client.execute(`DROP TRIGGER ${String(name)}`);
  await writer.client.execute("DROP TABLE counted_changes");
  writer.close();
}

async function importOnce({ url, sandbox, work }: Setting, nth: number) {
  const { name } = (await sandbox.artists())[nth]!;
  await sandbox.tell("/traffic/clear");
  const watch = watchResident(work.pid);
  const began = performance.now();
  await importOutside(url, { name });
  await importsDone(url, MOST_MS);
  const seconds = (performance.now() - began) / 1000;
  await importsStudied(url, MOST_MS);
  const { peak, samples } = watch.stop();
  return { seconds, peak, sampled: Math.max(...samples), samples: samples.length, calls: requestsIn(await sandbox.traffic()) };
}
