import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface ExampleProcess extends AsyncDisposable {
  /** The next line printed; null once there are no more. */
  line(): Promise<string | null>;
  /** Everything printed from here on, and how it ended. */
  finish(): Promise<{ code: number | null; out: string; complaints: string }>;
}

/** Runs a script of docs/examples as a developer would, with nothing but these variables set. */
export function runExample(name: string, args: string[], env: Record<string, string>): ExampleProcess {
  const child = spawn(process.execPath, [`docs/examples/${name}`, ...args], {
    env: env as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const closed = once(child, "close");
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const line = async () => {
    const { done, value } = await lines.next();
    return done ? null : value;
  };
  return {
    line,
    async finish() {
      const rest: string[] = [];
      for (let next = await line(); next !== null; next = await line()) rest.push(next);
      const [code] = (await closed) as [number | null];
      return { code, out: rest.join("\n"), complaints };
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      child.kill();
      await closed;
    },
  };
}
