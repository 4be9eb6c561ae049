import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const fileFor = (arch: string) => join(process.cwd(), `dist/theset-linux-${arch}`);

export const BINARY = fileFor(process.arch);

/** What the executable is made of, beside build/. */
const SOURCES = ["scripts/binary", "server", "db", "jobs", "build/stamp", "package-lock.json"];

/** For vitest's global set-up. */
export default function setup(): void {
  freshBinary(process.arch);
}

/** The executable for a processor, made anew when a source is newer than it. */
export function freshBinary(arch: string): string {
  const binary = fileFor(arch);
  const made = existsSync(binary) ? statSync(binary).mtimeMs : 0;
  if (!SOURCES.every((path) => newest(path) <= made)) {
    execFileSync(process.execPath, ["scripts/binary/make.mjs", "--arch", arch], { stdio: ["ignore", "inherit", "inherit"] });
  }
  return binary;
}

function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
