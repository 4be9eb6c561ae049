import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

export interface BenchServer {
  url: string;
  process: ChildProcess;
  stop(): Promise<void>;
}

/** The built program in a process of its own. */
export async function startBuiltServer(databaseUrl: string): Promise<BenchServer> {
  const child = spawn(process.execPath, ["build/theset.mjs", "serve"], {
    env: { ...process.env, PORT: "0", DEMO: "0", DATABASE_URL: databaseUrl, LOG_LEVEL: "error" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += String(chunk);
      const served = /TheSet is at (\S+)/.exec(output)?.[1];
      if (served !== undefined) resolve(served);
    });
    child.once("exit", () => reject(new Error(`The server ended before it served: ${output}`)));
  });
  return {
    url,
    process: child,
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
