import { setTimeout as pause } from "node:timers/promises";
import { tallyOf, type Answer } from "./crowd.ts";
import { grouped, type Figure } from "./figure.ts";
import { descriptorsOf, startProgram, type Program } from "./program.ts";
import { behind, setStage, wrongs, type Stage } from "./stage.ts";
import { inject } from "./strace.ts";
import { Watcher } from "./watcher.ts";

/** A fault of the disk that is brought about and taken away again while the program runs. */
export interface DiskFault {
  name: string;
  /** What its `begin` counts. */
  counts: string;
  begin(program: Program, stage: Stage): Promise<() => Promise<number>>;
}

/** The system calls by which libSQL's SQLite writes (it never calls fdatasync), with the errors that a disk gives. */
export const diskErrors: DiskFault[] = [
  "fsync:error=EIO",
  "pwrite64:error=ENOSPC",
  "pwrite64:error=EIO",
  "pwrite64:error=EIO:when=7+13",
].map((fault) => ({
  name: fault,
  counts: "calls failed",
  begin: async (program, { path }) => {
    const injecting = await inject(program.pid, { fault, paths: [path, `${path}-wal`] });
    return () => injecting.stop();
  },
}));

export interface Readiness {
  status: number;
  body: string;
}

export async function readiness({ url }: Program): Promise<Readiness> {
  const response = await fetch(`${url}/readyz`, { headers: { connection: "close" } });
  return { status: response.status, body: await response.text() };
}

/** Waits until `/readyz` answers with a status; false when it does not within `ms`. */
export async function becomes(program: Program, status: number, ms: number): Promise<boolean> {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    if ((await readiness(program)).status === status) return true;
    await pause(100);
  }
  return false;
}

/** Connections that were thrown away keep their descriptors until their memory is collected: at most 89 stayed of 746. */
const LEFT_OPEN = 150;
const AFTER_MS = 400;
const NOTICED_MS = 5_000;

export interface Outage {
  problems: string[];
  /** Answers while the fault lasted and nothing could be written. */
  refused: Answer[];
  injected: number;
}

/** Votes through a fault of the disk: before it, while it lasts, and after it, all in one run of the program. */
export async function outage(program: Program, stage: Stage, fault: DiskFault): Promise<Outage> {
  const { crowd, ledger } = stage;
  const problems: string[] = [];
  const expect = (holds: boolean, problem: string) => void (holds || problems.push(`${fault.name}: ${problem}`));
  const during = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const voting = new AbortController();
  const answering = crowd.vote(program.url, voting.signal);
  await pause(AFTER_MS);
  const end = await fault.begin(program, stage);
  during.from = performance.now();
  const continuous = !fault.name.includes("when=");
  if (continuous) {
    const noticed = await becomes(program, 503, NOTICED_MS);
    expect(noticed, "/readyz stayed ready although nothing could be written");
  } else await pause(AFTER_MS * 3);
  const page = await fetch(`${program.url}/shows/${stage.stock.shows[0]!.slug}`);
  expect(page.status === 200 && (await page.text()).includes("song"), `a page answered ${page.status} while writing failed`);
  during.to = performance.now();
  const injected = await end();
  expect(await becomes(program, 200, NOTICED_MS), "/readyz did not become ready again");
  const mark = performance.now();
  await pause(AFTER_MS);
  voting.abort();
  const answers = await answering;
  expect(injected > 0, "the fault was never met");
  expect(program.alive(), "the program ended");
  const counted = (from: number, to: number) =>
    answers.filter((answer) => answer.askedAt >= from && answer.answeredAt < to && answer.status === 200).length;
  expect(counted(0, during.from) > 0, "no vote was counted before");
  expect(counted(mark, Number.POSITIVE_INFINITY) > 0, `no vote was counted afterwards (${JSON.stringify(tallyOf(answers))})`);
  const failed = answers.filter((answer) => answer.status !== 200 && answer.verdict !== "already_voted");
  const rude = failed.filter((answer) => answer.status !== 503 || answer.retryAfter === null);
  expect(rude.length === 0, `answers that were not 503 with Retry-After: ${JSON.stringify(tallyOf(rude))}`);
  problems.push(...wrongs(fault.name, await ledger.compare(stage.url)));
  return { problems, refused: failed, injected };
}

/** Every error of a disk in turn, on one running program. */
export async function failDisk(faults: readonly DiskFault[], folder?: string, rounds = 1): Promise<Figure> {
  using stage = await setStage({ ...(folder !== undefined && { folder }), fans: 4_000 });
  await using program = await startProgram({ databaseUrl: stage.url });
  const watchers = new Map(stage.stock.shows.slice(0, 2).map((show) => [show.id, new Watcher(show.slug)]));
  for (const watcher of watchers.values()) await watcher.connect(program.url);
  const descriptors = descriptorsOf(program.pid, stage.path);
  const problems: string[] = [];
  let [tried, survived, refused, injected] = [0, 0, 0, 0];
  for (let round = 0; round < rounds; round += 1) {
    for (const fault of faults) {
      const found = await outage(program, stage, fault);
      found.problems.push(...(await behind(stage.url, watchers)).map((problem) => `${fault.name}: ${problem}`));
      tried += 1;
      if (found.problems.length === 0) survived += 1;
      refused += found.refused.length;
      injected += found.injected;
      problems.push(...found.problems);
    }
  }
  for (const watcher of watchers.values()) await watcher.close();
  const left = descriptorsOf(program.pid, stage.path) - descriptors;
  if (left > LEFT_OPEN) problems.push(`${left} descriptors of the database more than before are open`);
  const { code } = await program.end("SIGTERM");
  if (code !== 0) problems.push(`stopping ended with ${code}`);
  const after = await stage.ledger.compare(stage.url);
  problems.push(...wrongs("after the stop", after));
  const measured = [
    `${grouped(injected)} ${faults[0]?.counts ?? "faults"}`,
    `${grouped(stage.ledger.acknowledged)} acknowledged`,
    `${grouped(refused)} refused with 503 and Retry-After`,
    `${left} more descriptors of the database open than before`,
  ];
  return { fault: "write and fsync errors", tried, survived, lost: after.lost.length, measured, problems };
}
