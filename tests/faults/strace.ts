import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

/** Whether strace is there; it exists on Linux only. */
export const hasStrace = spawnSync("strace", ["-V"]).status === 0;

export interface Injection {
  /** The system call and its failure, such as `fdatasync:error=EIO`. */
  fault: string;
  /** Only calls on these files fail. */
  paths: string[];
}

export interface Injecting {
  /** Lets the calls succeed again; how many were made to fail. */
  stop(): Promise<number>;
}

/** Makes system calls of a running process and all its threads fail, by strace. */
export async function inject(pid: number, { fault, paths }: Injection): Promise<Injecting> {
  const call = fault.split(":", 1)[0]!;
  const files = paths.flatMap((path) => ["-P", path]);
  const args = ["-f", "-p", String(pid), "-e", `trace=${call}`, "-e", `inject=${fault}`, ...files];
  const child = spawn("strace", args, { stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit");
  let output = "";
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`strace could not attach: ${output}`)));
    child.stderr.on("data", (chunk: Buffer) => {
      output += String(chunk);
      if (output.includes("attached")) resolve();
    });
  });
  return {
    async stop() {
      child.kill("SIGINT");
      await exited;
      return output.split("(INJECTED)").length - 1;
    },
  };
}
