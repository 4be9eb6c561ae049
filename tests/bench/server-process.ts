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
  let output = "";
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const url = /TheSet is at (\S+)/.exec(output)?.[1];
    if (url === undefined) continue;
    return {
      url,
      process: child,
      async stop() {
        child.kill("SIGTERM");
        await once(child, "exit");
      },
    };
  }
  throw new Error(`The server ended before it served: ${output}`);
}
