import { format } from "node:util";
import { afterAll, afterEach } from "vitest";

const methods = ["log", "info", "warn", "error", "debug"] as const;
let written: string[] = [];

for (const method of methods) {
  console[method] = (...values: unknown[]) => {
    written.push(`console.${method}: ${format(...values)}`);
  };
}

/** What was written to the console since the last call; a test that expects output takes it. */
export function takeConsole(): string[] {
  const lines = written;
  written = [];
  return lines;
}

function refuseOutput(): void {
  const lines = takeConsole();
  if (lines.length > 0) throw new Error(`Unexpected console output:\n${lines.join("\n")}`);
}

afterEach(refuseOutput);
afterAll(refuseOutput);
