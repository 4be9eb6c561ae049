import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

export interface WorkProcess extends AsyncDisposable {
  pid: number;
  process: ChildProcess;
  log(): string;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export interface WorkOptions {
  databaseUrl: string;
  env: Record<string, string>;
  /** Ahead of the program: flags of Node. */
  flags?: string[];
  channel?: boolean;
}

/** `theset work` of the built program in a process of its own, once it runs jobs. */
export async function startWork({ databaseUrl, env, flags = [], channel = false }: WorkOptions): Promise<WorkProcess> {
  const child = spawn(process.execPath, [...flags, "build/theset.mjs", "work"], {
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", NODE_ENV: "production", DEMO: "0", LOG_LEVEL: "info", DATABASE_URL: databaseUrl, ...env },
    stdio: channel ? ["ignore", "pipe", "pipe", "ipc"] : ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr!.on("data", (chunk: Buffer) => (log = (log + String(chunk)).slice(-200_000)));
  const exited = once(child, "exit") as Promise<[number | null]>;
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  await Promise.race([once(child.stdout!, "data"), exited.then(([code]) => Promise.reject(new Error(`work ended with ${code}:\n${log}`)))]);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code] = await exited;
    process.off("exit", kill);
    return code;
  };
  return {
    pid: child.pid!,
    process: child,
    log: () => log,
    end,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await end("SIGKILL");
    },
  };
}
