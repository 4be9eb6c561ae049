import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** As `npm test` has built it: six times as quick to start as the sources. */
const main = fileURLToPath(new URL("../../build/theset.mjs", import.meta.url));

export interface Settings {
  env?: Record<string, string>;
  /** What comes on stdin. */
  input?: string;
  /** The user to run as, where this one may choose. */
  uid?: number;
  /** Runs it on a terminal of its own, which shows both its streams on stdout. */
  terminal?: boolean;
}

export interface Ended {
  /** Null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A folder of its own in which the program is run, as an operator does. */
export interface Workplace extends Disposable {
  folder: string;
  /** A path in it. */
  path(...names: string[]): string;
  /** Runs a verb to its end. */
  run(args: readonly string[], settings?: Settings): Promise<Ended>;
  /** Starts a verb that goes on until it is told to stop. */
  start(args: readonly string[], settings?: Settings): Running;
}

export interface Running extends AsyncDisposable {
  process: ChildProcess;
  /** Resolves when the text is written, to stdout where only that counts; rejects with all output when the program ends before. */
  says(text: string, where?: "stdout"): Promise<void>;
  /** What it has written so far. */
  output(): { stdout: string; stderr: string };
  ended: Promise<Ended>;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<Ended>;
}

export function workplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), "theset-cli-"));
  const start = (args: readonly string[], settings: Settings = {}) => startIn(folder, args, settings);
  return {
    folder,
    path: (...names) => join(folder, ...names),
    run: (args, settings) => start(args, settings).ended,
    start,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function startIn(folder: string, args: readonly string[], { env = {}, input = "", uid, terminal = false }: Settings): Running {
  const [command, ...rest] = terminal ? onTerminal([process.execPath, main, ...args]) : [process.execPath, main, ...args];
  const child = spawn(command!, rest, {
    cwd: folder,
    // NODE_ENV as in production: without it React warns. Nobody outside is asked unless a test says who.
    env: { PATH: "/usr/bin:/bin", NODE_ENV: "production", SYNC: "0", ...env },
    stdio: ["pipe", "pipe", "pipe"],
    ...(uid !== undefined && { uid, gid: uid }),
  });
  child.stdin.on("error", () => {}).end(input);
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) child[stream].on("data", (chunk: Buffer) => (said[stream] += String(chunk)));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...said }));
  return {
    process: child,
    output: () => ({ ...said }),
    ended,
    says: (text, where) => saysIn(child, () => (where ? said[where] : said.stdout + said.stderr), text),
    async stop() {
      child.kill("SIGTERM");
      return ended;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** util-linux's `script` makes a terminal and passes the exit code on. */
function onTerminal(command: string[]): string[] {
  const typed = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  return ["script", "-qec", typed, "/dev/null"];
}

function saysIn(child: ChildProcess, output: () => string, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => void (output().includes(text) && resolve());
    child.stdout!.on("data", look);
    child.stderr!.on("data", look);
    child.once("close", () => reject(new Error(`The program ended before it said "${text}":\n${output()}`)));
    look();
  });
}
