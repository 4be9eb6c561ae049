import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** What `npm run build:binary` makes. */
export const EXECUTABLE = `dist/theset-linux-${process.arch}`;

/** Why the executable can't be tried here in namespaces of its own; null where it can. */
export function whyNotConfined(): string | null {
  if (!existsSync(EXECUTABLE)) return `there is no ${EXECUTABLE}: npm run build:binary`;
  if (process.getuid?.() !== 0) return "only root may mount and give up rights";
  return spawnSync("unshare", ["--mount", "--pid", "--fork", "true"]).status === 0 ? null : "this machine allows no namespaces";
}

export interface Confined extends AsyncDisposable {
  /** Its id, seen from here. */
  pid: number;
  log(): string;
  /** Sends SIGTERM, as a service manager does; the exit code. */
  stop(): Promise<number | null>;
}

const READY_MS = 60_000;

/**
 * Runs a shell script with mounts and process ids of its own, as process 1 there, and waits until
 * the program that it becomes serves on a port. The script must end in `exec`.
 */
export async function startConfined(script: string, { port }: { port: number }): Promise<Confined> {
  const child = spawn("unshare", ["--mount", "--pid", "--fork", "--kill-child", "sh", "-euc", script], {
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stdout.on("data", (chunk: Buffer) => (log += String(chunk)));
  child.stderr.on("data", (chunk: Buffer) => (log += String(chunk)));
  const exited = once(child, "exit") as Promise<[number | null]>;
  const late = performance.now() + READY_MS;
  while (!(await isReady(port))) {
    if (child.exitCode !== null || performance.now() > late) {
      child.kill("SIGKILL");
      throw new Error(`The program does not serve:\n${log.slice(-2_000)}`);
    }
    await setTimeout(50);
  }
  const pid = onlyChildOf(child.pid!);
  return {
    pid,
    log: () => log,
    async stop() {
      process.kill(pid, "SIGTERM");
      return (await exited)[0];
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
  await answer?.text();
  return answer?.status === 200;
}

/** The id of a process' one child. */
export function onlyChildOf(pid: number): number {
  const [child, ...more] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  if (!child || more.length > 0) throw new Error(`Process ${pid} has not one child`);
  return Number(child);
}
