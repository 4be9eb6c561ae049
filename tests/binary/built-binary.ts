import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

export const BINARY = join(process.cwd(), `dist/theset-linux-${process.arch}`);

/** What the executable is made of, beside build/. */
const SOURCES = ["scripts/binary", "server", "db", "jobs", "build/stamp", "package-lock.json"];

/** Makes the executable anew when a source is newer than it; for vitest's global set-up. */
export default function setup(): void {
  const made = existsSync(BINARY) ? statSync(BINARY).mtimeMs : 0;
  if (SOURCES.every((path) => newest(path) <= made)) return;
  execFileSync(process.execPath, ["scripts/binary/make.mjs"], { stdio: ["ignore", "inherit", "inherit"] });
}

function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
