import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freshBinary } from "#tests/binary/built-binary.ts";
import { theSet } from "../contenders.ts";
import { figure, type Figure } from "../figures.ts";
import { Ground } from "../ground.ts";
import { signIn } from "../load/sign-in.ts";
import type { BenchOptions } from "../options.ts";
import { load } from "../pages/bench.ts";
import { GREETING, startBuiltServer, startProcess, type BenchServer, type ServeOptions } from "../server-process.ts";
import { stockDatabase } from "../stock.ts";
import { perSecond, planFor, sizeFor, voteRun, warmUpFor } from "./vote-runs.ts";

/** Milliseconds from starting the program to the whole of the first page. */
const BARS = { first: 500, again: 250, idleMegabytes: 110, throughput: 0.95 };
const RESTARTS = 3;
/** What was only needed to start has been given back by then, in s. */
const IDLE_SECONDS = 60;
const GZIP = { "accept-encoding": "gzip" };

/** The single executable: starts, memory when idle, and its throughput beside the build that Node runs, in turns. */
export async function benchExecutable(options: BenchOptions): Promise<Figure[]> {
  using ground = new Ground(options);
  const executable = freshBinary(process.arch);
  return [
    ...(await starts(ground, executable, options.rounds)),
    ...(await idle(ground, executable)),
    ...(await votes(ground, executable, options)),
    ...(await pages(ground, executable, options)),
  ];
}

/** Each round: a first start in an empty folder, then restarts, of the executable and of the build. */
async function starts(ground: Ground, executable: string, rounds: number): Promise<Figure[]> {
  const times = { executable: { first: [] as number[], again: [] as number[] }, build: { first: [] as number[], again: [] as number[] } };
  for (let round = 0; round < rounds; round += 1) {
    for (const side of ["executable", "build"] as const) {
      const folder = mkdtempSync(join(ground.folder, "start-"));
      times[side].first.push(await firstPage(folder, side === "executable" ? executable : null));
      for (let i = 0; i < RESTARTS; i += 1) times[side].again.push(await firstPage(folder, side === "executable" ? executable : null));
      rmSync(folder, { recursive: true });
    }
  }
  return [
    figure("executable, first start to first page", "ms", times.executable.first, { bar: { atMost: BARS.first }, note: "the demo catalogue is loaded before" }),
    figure("executable, restart to first page", "ms", times.executable.again, { bar: { atMost: BARS.again } }),
    figure("build in Node, first start to first page", "ms", times.build.first),
    figure("build in Node, restart to first page", "ms", times.build.again),
  ];
}

async function firstPage(folder: string, executable: string | null): Promise<number> {
  const began = performance.now();
  const server = await startIn(folder, executable);
  await (await fetch(server.url)).text();
  const took = performance.now() - began;
  await server.stop();
  return took;
}

/** As a self-hoster starts it: everything in one folder, with the demo. */
function startIn(folder: string, executable: string | null): Promise<BenchServer> {
  const cache = join(folder, "cache");
  mkdirSync(cache, { recursive: true });
  return startProcess([...(executable ? [] : ["build/theset.mjs"]), "serve"], {
    ...(executable && { command: executable }),
    env: { NODE_ENV: "production", PORT: "0", SYNC: "0", DATA_DIR: join(folder, "data"), CACHE_DIR: cache, LOG_LEVEL: "error" },
    greeting: GREETING,
  });
}

/** Memory a minute after a restart that has answered one page. */
async function idle(ground: Ground, executable: string): Promise<Figure[]> {
  const folder = mkdtempSync(join(ground.folder, "idle-"));
  await firstPage(folder, executable);
  const server = await startIn(folder, executable);
  try {
    await (await fetch(server.url)).text();
    await sleep(IDLE_SECONDS * 1_000);
    const status = readFileSync(`/proc/${server.process.pid}/status`, "utf8");
    const megabytes = (name: string) => (Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)![1]) * 1024) / 1e6;
    const note = "the program's own file and libraries, which the system takes back when it needs room";
    return [
      figure("executable, idle: resident memory", "MB", [megabytes("VmRSS")], { bar: { atMost: BARS.idleMegabytes } }),
      figure("executable, idle: its own", "MB", [megabytes("RssAnon")]),
      figure("executable, idle: pages of files", "MB", [megabytes("RssFile")], { note }),
    ];
  } finally {
    await server.stop();
  }
}

async function votes(ground: Ground, executable: string, { rounds, seconds }: BenchOptions): Promise<Figure[]> {
  const template = ground.newFile();
  const size = sizeFor(seconds);
  await stockDatabase(`file:${template}`, size);
  const sides = [theSet(ground, template, { executable }), theSet(ground, template)];
  const rates: number[][] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (const [i, side] of sides.entries()) {
      const report = await voteRun(side, { connections: 100, seconds, plan: planFor(size) });
      rates[i]!.push(perSecond(report));
    }
  }
  return compared("votes, 100 connections", "votes/s", rates);
}

/** Each round has servers of its own: what V8 makes of the same code differs from process to process. */
async function pages(ground: Ground, executable: string, { rounds, seconds }: BenchOptions): Promise<Figure[]> {
  const template = ground.newFile();
  const stock = await stockDatabase(`file:${template}`, { shows: 200, songsPerShow: 50, fans: 100 });
  const slugs = stock.shows.slice(0, 20).map(({ slug }) => slug);
  const rates = { anonymous: [[], []] as number[][], fans: [[], []] as number[][] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [i, program] of [{ executable }, {}].entries()) {
      const { anonymous, fan } = await pageRates(ground.copy(template), slugs, program, seconds);
      rates.anonymous[i]!.push(anonymous);
      rates.fans[i]!.push(fan);
    }
  }
  return [...compared("anonymous show page", "requests/s", rates.anonymous), ...compared("signed-in show page", "requests/s", rates.fans)];
}

async function pageRates(file: string, slugs: string[], program: ServeOptions, seconds: number): Promise<{ anonymous: number; fan: number }> {
  const server = await startBuiltServer(`file:${file}`, program);
  try {
    const cookie = await signIn(server.url, { register: true });
    const urls = slugs.map((slug) => `${server.url}/shows/${slug}`);
    const asked = { urls, seconds, headers: { ...GZIP, cookie } };
    await load({ ...asked, connections: 20, seconds: warmUpFor(seconds) });
    const { perSecond: fan } = await load({ ...asked, connections: 20 });
    const { perSecond: anonymous } = await load({ ...asked, connections: 100, headers: GZIP });
    return { anonymous, fan };
  } finally {
    await server.stop();
  }
}

/** The executable's rates, the build's, and theirs round by round. */
function compared(title: string, unit: string, [ours, build]: number[][]): Figure[] {
  return [
    figure(`${title}, executable`, unit, ours!),
    figure(`${title}, build in Node`, unit, build!),
    figure(`${title}, executable : build`, "×", ours!.map((rate, round) => rate / build![round]!), { bar: { atLeast: BARS.throughput } }),
  ];
}
