import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { bundled, writerThread } from "./bundled.ts";
import type { TestDatabase } from "./test-database.ts";

export interface ServerProcess extends AsyncDisposable {
  url: string;
}

let script: Promise<string> | undefined;

/** A server in a process of its own, on a database that others may use too. */
export async function startServerProcess(
  database: TestDatabase,
  { at = "2026-06-13T12:00:00Z" }: { at?: string } = {},
): Promise<ServerProcess> {
  const env = { DATABASE_URL: database.url, PORT: "0", DEMO: "0", SYNC: "0" } as unknown as NodeJS.ProcessEnv;
  script ??= bundled("tests/support/serve-api.ts");
  const child = spawn(process.execPath, [await script, at, writerThread()], { env, stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit");
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  const firstLine = once(createInterface(child.stdout), "line");
  const failed = exited.then(([code]) => {
    throw new Error(`The server ended with ${String(code)} before it served:\n${complaints}`);
  });
  const [line] = (await Promise.race([firstLine, failed])) as [string];
  return {
    url: (JSON.parse(line) as { url: string }).url,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      const [code] = (await exited) as [number | null];
      if (code !== 0 || complaints !== "") throw new Error(`The server ended with ${String(code)}:\n${complaints}`);
    },
  };
}
