import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openWriter, type Connection } from "#db/client.ts";
import { findDamage, findMiscounts } from "#db/queries/integrity.ts";
import { seeded } from "./chance.ts";
import { CrashedDisk, TAILS, type Tail } from "./crashed-disk.ts";
import type { Answer } from "./crowd.ts";
import { grouped, type Figure } from "./figure.ts";
import { startProgram } from "./program.ts";
import { setStage, type Stage } from "./stage.ts";
import { readTrace, recording, type Step } from "./write-trace.ts";

/** A run of the program: the files before it, every step, and which vote each answer of status 200 was for. */
export interface Recorded {
  path: string;
  before: Record<string, Buffer>;
  steps: Step[];
  votesByPort: Map<number, string[]>;
}

/** Records a run under load. */
export async function record(stage: Stage, seconds: number): Promise<Recorded> {
  const before = Object.fromEntries(filesOf(stage).map((file) => [file, readFileSync(file)]));
  const trace = join(stage.folder, "trace");
  const program = await startProgram({ databaseUrl: stage.url, under: recording(trace) });
  const voting = new AbortController();
  const answering = stage.crowd.vote(program.url, voting.signal);
  await pause(seconds * 1_000);
  voting.abort();
  const answers = await answering;
  await program.end("SIGTERM");
  const steps = await readTrace(trace, stage.path);
  rmSync(trace);
  return { path: stage.path, before, steps, votesByPort: votesByPort(answers) };
}

function filesOf({ folder, path }: Stage): string[] {
  return readdirSync(folder).map((name) => join(folder, name)).filter((file) => file.startsWith(path) && !file.endsWith("-shm"));
}

function votesByPort(answers: Answer[]): Map<number, string[]> {
  const votes = new Map<number, string[]>();
  for (const { port, status, ballot } of answers) {
    if (port === null || status !== 200) continue;
    votes.set(port, [...(votes.get(port) ?? []), `${ballot.fan} ${ballot.setlistSongId}`]);
  }
  return votes;
}

export interface ReplayOptions {
  /** Crash points to try at most, spread over the run; each checkpoint's are tried anyway. */
  points: number;
  seed: number;
  /** A disk that says "synced" and drops it: what must be found. */
  lying?: boolean;
}

export interface Replay {
  points: number;
  tried: number;
  survived: number;
  lost: number;
  acknowledged: number;
  checkpoints: number;
  problems: string[];
}

/** Takes the power away before and after every sync of a recorded run, and opens what is left. */
export async function replay({ path, before, steps, votesByPort }: Recorded, folder: string, options: ReplayOptions): Promise<Replay> {
  const disk = new CrashedDisk({ ...before }, seeded(options.seed));
  const syncs = steps.filter((step) => step.kind === "sync").length;
  const every = Math.max(1, Math.ceil((2 * syncs) / options.points));
  const told: string[] = [];
  const answered = new Map<number, number>();
  const found: Replay = { points: 0, tried: 0, survived: 0, lost: 0, acknowledged: 0, checkpoints: 0, problems: [] };
  let [moment, checkpointing] = [0, false];
  const crash = async () => {
    moment += 1;
    if (moment % every !== 0 && !checkpointing) return;
    found.points += 1;
    for (const tail of TAILS) await tryOne(disk, { folder, path, told, tail }, found);
  };
  for (const step of steps) {
    if (step.kind === "answer") {
      const n = answered.get(step.port) ?? 0;
      answered.set(step.port, n + 1);
      const vote = votesByPort.get(step.port)?.[n];
      if (vote !== undefined) told.push(vote);
    } else if (step.kind === "sync") {
      await crash();
      if (!options.lying) disk.sync(step.file);
      await crash();
      if (step.file === path && checkpointing) found.checkpoints += 1;
      if (step.file === path) checkpointing = false;
    } else {
      if (step.file === path) checkpointing = true;
      disk.change(step);
    }
  }
  found.acknowledged = told.length;
  const answers = [...votesByPort.values()].reduce((sum, votes) => sum + votes.length, 0);
  if (told.length !== answers) found.problems.push(`the recording shows ${told.length} answers, clients had ${answers}`);
  return found;
}

interface Crash {
  folder: string;
  path: string;
  told: readonly string[];
  tail: Tail;
}

async function tryOne(disk: CrashedDisk, { folder, path, told, tail }: Crash, found: Replay): Promise<void> {
  const room = join(folder, "crashed");
  rmSync(room, { recursive: true, force: true });
  mkdirSync(room);
  disk.write(room, tail);
  const problems: string[] = [];
  let opened: Connection | null = null;
  try {
    opened = await openWriter(`file:${join(room, path.slice(path.lastIndexOf("/") + 1))}`);
    const { rows } = await opened.client.execute("SELECT user_id || ' ' || setlist_song_id FROM votes");
    const there = new Set(rows.map((row) => (row[0] as string)));
    const lost = told.filter((vote) => !there.has(vote));
    found.lost += lost.length;
    if (lost.length > 0) problems.push(`${lost.length} of ${told.length} acknowledged votes lost`);
    problems.push(...(await findDamage(opened.db)));
    const miscounts = await findMiscounts(opened.db);
    if (miscounts.length > 0) problems.push(`${miscounts.length} counters wrong`);
  } catch (error) {
    problems.push(String(error));
  } finally {
    opened?.close();
  }
  found.tried += 1;
  if (problems.length === 0) found.survived += 1;
  else found.problems.push(`at crash point ${found.points}, the tail ${tail}: ${problems.slice(0, 3).join("; ")}`);
}

/** Records a run and replays a loss of power all along it. */
export async function losePower({ seconds, points, seed = 1 }: { seconds: number; points: number; seed?: number }): Promise<Figure> {
  using stage = await setStage({ fans: 20_000, connections: 64, fickle: 0, seed });
  const recorded = await record(stage, seconds);
  const found = await replay(recorded, stage.folder, { points, seed });
  const writes = recorded.steps.filter((step) => step.kind === "write").length;
  const syncs = recorded.steps.filter((step) => step.kind === "sync").length;
  const measured = [
    `${grouped(found.points)} crash points × ${TAILS.length} fates of the unsynced tail (${TAILS.join(", ")})`,
    `${grouped(writes)} writes, ${grouped(syncs)} syncs and ${found.checkpoints} checkpoints recorded`,
    `${grouped(found.acknowledged)} votes acknowledged`,
  ];
  const { tried, survived, lost, problems } = found;
  return { fault: "power loss", tried, survived, lost, measured, problems: problems.slice(0, 10) };
}
