import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface BenchServer {
  url: string;
  process: ChildProcess;
  stop(): Promise<void>;
}

/** What a measured server tells from within, in bytes. */
export interface InsideReport {
  /** Heap in use after a collection, main and writer thread. */
  heapMain: number;
  heapWriter: number;
  external: number;
  rss: number;
}

interface StartOptions {
  /** What is run; the project's Node unless given. */
  command?: string;
  env: Record<string, string>;
  /** The line that tells the address. */
  greeting: RegExp;
  /** Whether it has a channel to answer questions over. */
  channel?: boolean;
}

export interface ServeOptions {
  /** Whether it answers questions about itself; not the executable. */
  inside?: boolean;
  jobs?: boolean;
  /** Path of the single executable, where that is measured. */
  executable?: string;
}

/** The built program in a process of its own. */
export function startBuiltServer(databaseUrl: string, { inside = false, jobs = true, executable }: ServeOptions = {}): Promise<BenchServer> {
  const preload = fileURLToPath(new URL("./inside.ts", import.meta.url));
  const flags = inside ? ["--expose-gc", "--import", preload] : [];
  const program = executable ? [] : [...flags, "build/theset.mjs"];
  return startProcess([...program, "serve", ...(jobs ? [] : ["--no-jobs"])], {
    ...(executable && { command: executable }),
    env: { NODE_ENV: "production", PORT: "0", DEMO: "0", SYNC: "0", DATABASE_URL: databaseUrl, LOG_LEVEL: "error" },
    greeting: GREETING,
    channel: inside,
  });
}

/** Where a server says that it is. */
export const GREETING = /TheSet is at (\S+)/;

/** Starts a server and waits until it tells its address. */
export async function startProcess(
  args: string[],
  { command = process.execPath, env, greeting, channel = false }: StartOptions,
): Promise<BenchServer> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: channel ? ["ignore", "pipe", "inherit", "ipc"] : ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const kill = () => void child.kill("SIGKILL");
  process.prependOnceListener("exit", kill);
  const url = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout!.on("data", (chunk: Buffer) => {
      output += String(chunk);
      const served = greeting.exec(output)?.[1];
      if (served !== undefined) resolve(served);
    });
    child.once("exit", () => reject(new Error(`The server ended before it served: ${output}`)));
  });
  return {
    url,
    process: child,
    async stop() {
      child.kill("SIGTERM");
      await exited;
      process.off("exit", kill);
    },
  };
}

/** Milliseconds between two turns of a 10-ms timer of the main thread since the last question: 10 is a free loop. */
export interface LoopReport {
  p50: number;
  p99: number;
  max: number;
}

/** Asks a server that was started with `inside` for its memory, after a garbage collection. */
export function askMemory(server: BenchServer): Promise<InsideReport> {
  return ask(server, "memory");
}

/** Asks a server that was started with `inside` how free its event loop was since the last question. */
export function askLoop(server: BenchServer): Promise<LoopReport> {
  return ask(server, "loop");
}

async function ask<Report>(server: BenchServer, question: "memory" | "loop"): Promise<Report> {
  const answered = once(server.process, "message") as Promise<[Report]>;
  server.process.send(question);
  return (await answered)[0];
}
