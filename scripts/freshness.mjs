import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./processes.mjs";

const stamp = join(root, "build/stamp");
const folders = ["app", "server", "db", "jobs", "public"];
const files = [
  "package.json",
  "package-lock.json",
  "remix.config.js",
  "vite.config.ts",
  "tsconfig.json",
  "scripts/build.mjs",
];

/** Whether build/ was made from the sources as they are now. */
export function buildIsFresh() {
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  const paths = [...folders, ...files].map((name) => join(root, name));
  return paths.filter(existsSync).every((path) => newest(path) <= built);
}

export function removeBuild() {
  rmSync(join(root, "build"), { recursive: true, force: true });
}

/** @param {Date} start when the build began, so that an edit made meanwhile counts as newer */
export function stampBuild(start) {
  writeFileSync(stamp, `${start.toISOString()}\n`);
  utimesSync(stamp, start, start);
}

/** A folder's own time counts too: it moves when a file in it is removed or renamed. */
function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const inside = readdirSync(path).map((name) => newest(join(path, name)));
  return Math.max(stats.mtimeMs, ...inside);
}
