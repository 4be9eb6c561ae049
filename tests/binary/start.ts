import { spawn } from "node:child_process";
import { once } from "node:events";

export interface Started extends AsyncDisposable {
  url: string;
  /** What it has said so far. */
  output(): string;
  /** Asks it to stop; its exit code. */
  stop(): Promise<number | null>;
}

export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
}

function start(command: string, args: string[], { cwd, env = {} }: RunOptions) {
  return spawn(command, args, { cwd, env: { SYNC: "0", ...env } as unknown as NodeJS.ProcessEnv, stdio: "pipe" });
}

/** Starts a server and waits until it says where it is. Rejects with what it said when it ends before. */
export async function startServing([command, args]: [string, string[]], options: RunOptions = {}): Promise<Started> {
  const child = start(command, args, options);
  let output = "";
  const ended = once(child, "exit") as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += String(chunk);
      const [, told] = /TheSet is at (\S+)/.exec(output) ?? [];
      if (told) resolve(told);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", reject);
    void ended.then(([code]) => reject(new Error(`It ended with ${code}:\n${output}`)));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    const [code] = await ended;
    return code;
  };
  return { url, output: () => output, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command to its end, with `input` to read. */
export async function runToEnd(command: string, args: string[], options: RunOptions & { input?: string } = {}): Promise<Ended> {
  const child = start(command, args, options);
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) child[name].on("data", (chunk: Buffer) => (said[name] += String(chunk)));
  child.stdin.end(options.input);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...said };
}
