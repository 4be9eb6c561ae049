import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openWriter } from "#db/client.ts";
import { migrate, readMigrations } from "#db/migrate.ts";
import { catalogueRows } from "#tests/support/catalogue-rows.ts";
import { importOutside, importsStudied, rowsOutside } from "#tests/support/outside.ts";
import type { ArtistSpec } from "#tests/support/sandbox/world.ts";
import { requestsIn, startSandboxProcess, type SandboxProcess } from "#tests/support/sandbox-process.ts";
import { startWork } from "#tests/support/work-process.ts";
import { seeded } from "./chance.ts";
import { grouped, type Figure } from "./figure.ts";

export interface ImportKills {
  times: number;
  artist: ArtistSpec;
  seed?: number;
}

const MOST_MS = 15 * 60_000;
/** Between two kills when it was not measured how long an import takes. */
const LEAST_MS = 30;

/** Kills `theset work` at random points of an import again and again; the catalogue must end as that of one that nobody disturbed. */
export async function killImports({ times, artist, seed = 1 }: ImportKills): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "theset-import-kills-"));
  try {
    await using sandbox = await startSandboxProcess({ sizes: [artist], paceMs: 0 });
    const calm = await undisturbed(sandbox, await emptyDatabase(folder, "calm.db"));
    const url = await emptyDatabase(folder, "killed.db");
    const { kills, seconds } = await disturbed(sandbox, url, { times, calmMs: calm.ms, random: seeded(seed) });
    const rows = await catalogueRows((sql) => rowsOutside(url, sql));
    const problems = Object.entries(calm.rows).flatMap(([table, texts]) => differences(table, texts, rows[table]!));
    if (kills < times) problems.push(`the import was done after ${kills} kills`);
    const counted = (table: string) => grouped(rows[table]!.length);
    const measured = [
      `${counted("song_variants")} recordings and tracks, ${counted("actual_setlists")} setlists, ${counted("played_songs")} played songs: every row of ${Object.keys(rows).length} tables as without a kill, ids included`,
      `${(calm.ms / 1000).toFixed(1)} s undisturbed, ${seconds.toFixed(1)} s with ${kills} kills and starts`,
      `${grouped(calm.calls)} calls undisturbed, ${grouped(requestsIn(await sandbox.traffic()))} with the kills`,
    ];
    return { fault: "kill -9 in an import", tried: kills, survived: problems.length === 0 ? kills : 0, lost: 0, measured, problems };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function emptyDatabase(folder: string, name: string): Promise<string> {
  const url = `file:${join(folder, name)}`;
  const writer = await openWriter(url);
  await migrate(writer.client, readMigrations(join(process.cwd(), "db/migrations")));
  writer.close();
  return url;
}

async function nameOf(sandbox: SandboxProcess): Promise<string> {
  return (await sandbox.artists())[0]!.name;
}

async function undisturbed(sandbox: SandboxProcess, url: string) {
  await using work = await startWork({ databaseUrl: url, env: sandbox.env });
  const began = performance.now();
  await importOutside(url, { name: await nameOf(sandbox) });
  await importsStudied(url, MOST_MS);
  const ms = performance.now() - began;
  await work.end("SIGTERM");
  const calls = requestsIn(await sandbox.traffic());
  await sandbox.tell("/traffic/clear");
  return { ms, calls, rows: await catalogueRows((sql) => rowsOutside(url, sql)) };
}

/** The kills are spread over the time that an import takes, and each leaves the next process a share of it. */
async function disturbed(sandbox: SandboxProcess, url: string, { times, calmMs, random }: { times: number; calmMs: number; random: () => number }) {
  const began = performance.now();
  await importOutside(url, { name: await nameOf(sandbox) });
  let kills = 0;
  while (kills < times) {
    await using work = await startWork({ databaseUrl: url, env: sandbox.env });
    await stepsTaken(url);
    await pause(Math.max(LEAST_MS, (random() * calmMs) / times));
    const [state] = await rowsOutside(url, "SELECT phase FROM imports");
    if (state?.phase === "done") break;
    await work.end("SIGKILL");
    kills += 1;
  }
  await using last = await startWork({ databaseUrl: url, env: sandbox.env });
  await importsStudied(url, MOST_MS);
  await last.end("SIGTERM");
  return { kills, seconds: (performance.now() - began) / 1000 };
}

const TAKEN_UP_MS = 20_000;

/** Waits until the import has been taken up by the process that was just started, which must not take a lease's time. */
async function stepsTaken(url: string): Promise<void> {
  const end = performance.now() + TAKEN_UP_MS;
  const before = await claims(url);
  while ((await claims(url)) === before) {
    if (performance.now() > end) throw new Error("The killed worker's import was not taken up by the next one");
    await pause(20);
  }
}

async function claims(url: string): Promise<unknown> {
  const [row] = await rowsOutside(url, "SELECT claim, state FROM jobs WHERE name = 'import-artist'");
  return row?.state === "done" ? null : row?.claim;
}

function differences(table: string, calm: string[], killed: string[]): string[] {
  const [a, b] = [new Set(calm), new Set(killed)];
  const missing = calm.filter((text) => !b.has(text));
  const more = killed.filter((text) => !a.has(text));
  if (missing.length + more.length === 0) return [];
  return [`${table}: ${missing.length} rows are missing (${missing[0]?.slice(0, 150)}), ${more.length} are new (${more[0]?.slice(0, 150)})`];
}
