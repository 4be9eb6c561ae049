import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { grouped, p95, type Figure } from "./figure.ts";
import { residentMb, startProgram, type Program } from "./program.ts";
import { setStage, wrongs, type Stage } from "./stage.ts";

/** Clients that want to use the program up. */
export interface Siege {
  name: string;
  /** A command that runs the program. */
  under?: string[];
  /** Pages are asked for on a connection that was there before, and not on a new one each. */
  keepsConnection?: boolean;
  /** Begins; the result ends it. */
  begin(program: Program, stage: Stage): Promise<() => Promise<void>>;
}

/** The 95th of 100 pages must come within this, in ms. */
const PAGE_BAR_MS = 500;

async function sockets(program: Program, count: number, open: (socket: Socket) => void): Promise<() => Promise<void>> {
  const port = Number(new URL(program.url).port);
  const all: Socket[] = [];
  for (let i = 0; i < count; i += 1) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.once("connect", () => open(socket));
    all.push(socket);
    if (i % 100 === 99) await pause(20);
  }
  return async () => all.forEach((socket) => socket.destroy());
}

export function idle(count: number): Siege {
  return { name: `${grouped(count)} idle sockets`, begin: (program) => sockets(program, count, () => {}) };
}

export function slowReaders(count: number): Siege {
  return {
    name: `${grouped(count)} streams whose clients read nothing`,
    begin: (program, { stock }) => {
      const head = `GET /shows/${stock.shows[0]!.slug}/live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n`;
      return sockets(program, count, (socket) => void socket.pause().write(head));
    },
  };
}

export function descriptorLimit(limit: number): Siege {
  return {
    name: `${grouped(limit * 2)} sockets at a limit of ${grouped(limit)} descriptors`,
    under: ["prlimit", `--nofile=${limit}:${limit}`],
    keepsConnection: true,
    begin: (program) => sockets(program, limit * 2, () => {}),
  };
}

/** Debian's slowhttptest: headers, bodies or reading, a few bytes at a time. */
export function slowHttp(mode: "headers" | "body" | "read", connections: number): Siege {
  const flag = { headers: "-H", body: "-B", read: "-X" }[mode];
  return {
    name: `slowhttptest, slow ${mode}, ${grouped(connections)} connections`,
    begin: async (program, { stock }) => {
      const path = mode === "body" ? "/sign-in" : `/shows/${stock.shows[0]!.slug}`;
      const args = [flag, "-c", String(connections), "-r", "200", "-i", "5", "-x", "16", "-p", "3", "-l", "600", "-u", `${program.url}${path}`];
      const child = spawn("slowhttptest", args, { stdio: "ignore" });
      const exited = once(child, "exit");
      await pause(1_000);
      return async () => {
        child.kill("SIGTERM");
        await exited;
      };
    },
  };
}

interface Page {
  status: number | null;
  ms: number;
}

function get(url: string, agent: Agent | false): Promise<Page> {
  const start = performance.now();
  return new Promise((resolve) => {
    const done = (status: number | null) => resolve({ status, ms: performance.now() - start });
    request(url, { agent, headers: { accept: "text/html" } }, (response) => {
      response.resume().once("error", () => done(null)).once("end", () => done(response.statusCode!));
    })
      .once("error", () => done(null))
      .end();
  });
}

async function pages(url: string, agent: Agent | false, seconds: number): Promise<Page[]> {
  const until = performance.now() + seconds * 1_000;
  const seen: Page[] = [];
  while (performance.now() < until) {
    seen.push(await get(url, agent));
    await pause(20);
  }
  return seen;
}

/** Pages and votes go on during a siege, and all is as before when it is over. */
export async function besiege(siege: Siege, seconds: number): Promise<Figure> {
  using stage = await setStage({ fans: 4_000, connections: 8 });
  const { url, crowd, ledger } = stage;
  await using program = await startProgram({ databaseUrl: url, ...(siege.under && { under: siege.under }) });
  const page = `${program.url}/shows/${stage.stock.shows[0]!.slug}`;
  const agent = siege.keepsConnection ? new Agent({ keepAlive: true, maxSockets: 1 }) : false;
  const problems: string[] = [];
  const quiet = await pages(page, agent, 1);
  const before = residentMb(program.pid);
  const voting = new AbortController();
  const answering = crowd.vote(program.url, voting.signal);
  await pause(300);
  const end = await siege.begin(program, stage);
  const during = await pages(page, agent, seconds);
  const asset = await get(`${program.url}/favicon.svg`, agent);
  if (asset.status !== 200) problems.push(`an asset answered ${asset.status}`);
  const held = residentMb(program.pid) - before;
  voting.abort();
  const answers = await answering;
  await end();
  await pause(1_000);
  const after = await get(page, false);
  if (!program.alive()) problems.push("the program ended");
  if (after.status !== 200) problems.push(`a page answered ${after.status} afterwards`);
  const failed = during.filter(({ status }) => status !== 200);
  if (failed.length > 0) problems.push(`${failed.length} of ${during.length} pages failed (${failed[0]!.status})`);
  const broken = answers.filter(({ status }) => status !== 200 && status !== 503);
  if (broken.length > 0) problems.push(`${broken.length} votes failed (${broken[0]!.verdict})`);
  const comparison = await ledger.compare(url);
  problems.push(...wrongs("", comparison));
  const times = (list: Page[]) => p95(list.map(({ ms }) => ms));
  const measured = [
    `page p95 ${grouped(times(during))} ms (bar ${PAGE_BAR_MS}; ${grouped(times(quiet))} before)`,
    `${grouped(during.length)} pages and ${grouped(answers.length)} votes meanwhile`,
    `${grouped(Math.max(0, held))} MB more memory`,
  ];
  if (agent) agent.destroy();
  const { code } = await program.end("SIGTERM");
  if (code !== 0) problems.push(`stopping ended with ${code}: ${program.log().slice(-300)}`);
  return { fault: siege.name, tried: 1, survived: problems.length === 0 ? 1 : 0, lost: comparison.lost.length, measured, problems };
}
