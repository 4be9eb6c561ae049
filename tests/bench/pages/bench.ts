import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openReader } from "#db/client.ts";
import { showPage } from "#server/views/show-page.ts";
import { figure, isMet, percentile, type Figure } from "../figures.ts";
import { signIn } from "../load/sign-in.ts";
import { startBuiltServer } from "../server-process.ts";
import { stockDatabase, type Stock } from "../stock.ts";
import type { PageOrder, PageReport } from "./page-load.ts";

export interface PageBenchOptions {
  /** Length of one measurement, in s. */
  seconds?: number;
  rounds?: number;
}

const SIZE = { shows: 200, songsPerShow: 50, fans: 100 };
/** Shows that are asked for in turn. */
const ASKED = 20;
const QUERIES = 500;
const GZIP = { "accept-encoding": "gzip" };

/** The show page of 50 songs: anonymous, of a signed-in fan, and its queries alone. */
export async function benchPages({ seconds = 10, rounds = 3 }: PageBenchOptions = {}): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "theset-pages-"));
  const databaseUrl = `file:${join(folder, "bench.db")}`;
  const stock = await stockDatabase(databaseUrl, SIZE);
  const server = await startBuiltServer(databaseUrl);
  try {
    const cookie = await signIn(server.url, { register: true });
    const urls = stock.shows.slice(0, ASKED).map(({ slug }) => `${server.url}/shows/${slug}`);
    const anonymous: PageReport[] = [];
    const fans: PageReport[] = [];
    for (let i = 0; i < rounds; i += 1) {
      anonymous.push(await load({ urls, connections: 100, seconds, headers: GZIP }));
      fans.push(await load({ urls, connections: 20, seconds, headers: { ...GZIP, cookie } }));
    }
    return [...pageFigures(anonymous, fans), await queryFigure(databaseUrl, stock, rounds)];
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

function pageFigures(anonymous: PageReport[], fans: PageReport[]): Figure[] {
  const of = (reports: PageReport[], key: keyof PageReport) => reports.map((report) => report[key]);
  return [
    figure("anonymous show page, 100 connections", "requests/s", of(anonymous, "perSecond"), { bar: { atLeast: 5_000 } }),
    figure("anonymous show page, p99", "ms", of(anonymous, "p99"), { bar: { atMost: 50 } }),
    figure("signed-in show page, 20 connections", "requests/s", of(fans, "perSecond"), { bar: { atLeast: 400 } }),
    figure("signed-in show page, p99", "ms", of(fans, "p99")),
    figure("pages not answered by 200", "requests", of([...anonymous, ...fans], "failed"), { bar: { atMost: 0 } }),
  ];
}

/** Asks for pages from a process of its own. */
export async function load(order: PageOrder): Promise<PageReport> {
  const child = fork(new URL("./page-load.ts", import.meta.url));
  child.send(order);
  const [report] = (await once(child, "message")) as [PageReport];
  return report;
}

/** What a fan's show page asks of the database, without rendering. */
async function queryFigure(databaseUrl: string, { shows }: Stock, rounds: number): Promise<Figure> {
  const reader = await openReader(databaseUrl);
  const p95s: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const times: number[] = [];
    for (let i = 0; i < QUERIES; i += 1) {
      const began = performance.now();
      await showPage(reader.db, { show: shows[i % shows.length]!.slug, userId: 1, now: Date.now() });
      times.push(performance.now() - began);
    }
    p95s.push(percentile(times, 0.95));
  }
  reader.close();
  return figure("a fan's show page, its queries, p95", "ms", p95s, { bar: { atMost: 5 } });
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  for (const row of await benchPages({ seconds: Number(process.argv[2] ?? 10) })) {
    const met = { true: "met", false: "NOT met", null: "" }[String(isMet(row))];
    console.log(`${row.name}: ${row.value.toFixed(1)} ${row.unit} (${row.low?.toFixed(1)} to ${row.high?.toFixed(1)}) ${met}`);
  }
}
