import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { tallyOf } from "./crowd.ts";
import { grouped, type Figure } from "./figure.ts";
import { startProgram } from "./program.ts";
import { setStage, wrongs } from "./stage.ts";

/** Takes the write lock, says so, and holds it until its input ends. */
const HOLDER = `
const { DatabaseSync } = require("node:sqlite");
const database = new DatabaseSync(process.argv[1], { timeout: 30_000 });
database.exec("BEGIN IMMEDIATE");
process.stdout.write("held");
process.stdin.resume().once("end", () => { database.exec("ROLLBACK"); database.close(); });
`;

export async function holdLock(path: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ["--no-warnings", "-e", HOLDER, path], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  await once(child.stdout, "data");
  return async () => {
    child.stdin.end();
    await exited;
  };
}

/** How soon after the lock is free everyone who waited must have an answer, in ms. */
const RELEASED_MS = 1_000;

/** Another process holds the write lock for some seconds while fans vote. */
export async function holdTheLock({ times, seconds }: { times: number; seconds: number }): Promise<Figure> {
  using stage = await setStage({ fans: 4_000, connections: 50 });
  await using program = await startProgram({ databaseUrl: stage.url });
  const problems: string[] = [];
  let [survived, lost, refused, waited, slowest] = [0, 0, 0, 0, 0];
  for (let round = 1; round <= times; round += 1) {
    const voting = new AbortController();
    const answering = stage.crowd.vote(program.url, voting.signal);
    await pause(300);
    const release = await holdLock(stage.path);
    const held = performance.now();
    await pause(seconds * 1_000);
    const page = await fetch(`${program.url}/shows/${stage.stock.shows[0]!.slug}`);
    const freed = performance.now();
    await release();
    await pause(RELEASED_MS);
    voting.abort();
    const answers = await answering;
    const found: string[] = [];
    if (page.status !== 200) found.push(`a page answered ${page.status} meanwhile`);
    const waiting = answers.filter((answer) => answer.askedAt < freed && answer.answeredAt > held);
    const late = waiting.filter((answer) => answer.answeredAt > freed + RELEASED_MS);
    if (late.length > 0) found.push(`${late.length} waited longer than ${RELEASED_MS} ms after the release`);
    const rude = waiting.filter((answer) => answer.status !== 200 && (answer.status !== 503 || answer.retryAfter === null));
    if (rude.length > 0) found.push(`answers that were neither: ${JSON.stringify(tallyOf(rude))}`);
    const early = waiting.filter((answer) => answer.status === 200 && answer.askedAt > held && answer.answeredAt < freed - 100);
    if (early.length > 0) found.push(`${early.length} votes counted although the lock was held`);
    const comparison = await stage.ledger.compare(stage.url);
    found.push(...wrongs(`lock ${round}`, comparison));
    waited += waiting.filter((answer) => answer.status === 200).length;
    refused += waiting.filter((answer) => answer.status === 503).length;
    slowest = Math.max(slowest, ...waiting.filter((answer) => answer.answeredAt > freed).map((answer) => answer.answeredAt - freed));
    lost += comparison.lost.length;
    if (found.length === 0) survived += 1;
    problems.push(...found.map((problem) => `lock ${round}: ${problem}`));
  }
  const { code } = await program.end("SIGTERM");
  if (code !== 0) problems.push(`stopping ended with ${code}`);
  const measured = [
    `${grouped(waited)} waiting votes counted, the last ${grouped(slowest)} ms after the release`,
    `${grouped(refused)} refused with 503 and Retry-After`,
  ];
  return { fault: `write lock held by another process for ${seconds} s`, tried: times, survived, lost, measured, problems };
}
