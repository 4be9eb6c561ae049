import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

export interface ProgramOptions {
  databaseUrl: string;
  /** A command that runs the program, such as `prlimit --nofile=100`; it must become the program or keep its id. */
  under?: string[];
  env?: Record<string, string>;
}

/** The built program in a process of its own, as an operator runs it. */
export interface Program extends AsyncDisposable {
  url: string;
  pid: number;
  process: ChildProcess;
  /** What it has written to its log. */
  log(): string;
  /** Sends a signal and waits for the end: the exit code (null when the signal ended it) and how long that took. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; seconds: number }>;
  /** Whether it still runs. */
  alive(): boolean;
}

const START_MS = 30_000;

export async function startProgram({ databaseUrl, under = [], env = {} }: ProgramOptions): Promise<Program> {
  const [command = "", ...args] = [...under, process.execPath, "build/theset.mjs", "serve", "--no-jobs"];
  const child = spawn(command, args, {
    env: {
      PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
      PORT: "0",
      DEMO: "0",
      SYNC: "0",
      LOG_LEVEL: "info",
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => (log += String(chunk)));
  const exited = once(child, "exit") as Promise<[number | null]>;
  const url = await Promise.race([
    addressOf(child),
    exited.then(([code]) => Promise.reject(new Error(`The program ended with ${code} before it served:\n${log}`))),
    failAfter(START_MS, () => `The program did not serve in time:\n${log}`),
  ]);
  const end = async (signal: NodeJS.Signals) => {
    const start = performance.now();
    child.kill(signal);
    const [code] = await exited;
    return { code, seconds: (performance.now() - start) / 1000 };
  };
  return {
    url,
    pid: child.pid!,
    process: child,
    log: () => log,
    alive: () => child.exitCode === null && child.signalCode === null,
    end,
    [Symbol.asyncDispose]: async () => void (await end("SIGKILL")),
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let output = "";
    child.stdout!.on("data", (chunk: Buffer) => {
      output += String(chunk);
      const served = /TheSet is at (\S+)/.exec(output)?.[1];
      if (served !== undefined) resolve(served);
    });
  });
}

function failAfter(ms: number, why: () => string): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(why())), ms).unref());
}

/** Descriptors that a process has open for a file and its companions. */
export function descriptorsOf(pid: number, path: string): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((fd) => linkOf(join(folder, fd)).startsWith(path)).length;
}

/** Where a link leads; nowhere when it has gone since. */
function linkOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return "";
  }
}

/** Memory that a process holds now, in MB. */
export function residentMb(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return line === undefined ? 0 : Number(line) / 1000;
}
