import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./processes.mjs";

/** First Debian's Chromium without windows: the same engine, less of a browser around each page. */
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The path of a Chromium or Chrome: CHROMIUM_PATH when set, else the first of the names on PATH. */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return isExecutable(chosen) ? chosen : undefined;
  const folders = (process.env.PATH ?? "").split(delimiter).concat("/usr/bin");
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find(isExecutable);
}

/** Finds a browser, or installs Debian's when that is possible, or ends the process with advice. */
export async function requireChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.env.CHROMIUM_PATH) {
    stop(`CHROMIUM_PATH=${process.env.CHROMIUM_PATH} cannot be run.`);
  }
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    stop("The browser tests need Chromium: install it, or set CHROMIUM_PATH to a Chrome.");
  }
  console.error("Installing Chromium for the browser tests (once) …");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", names[0]]]) {
    const { code, output } = await run("apt-get", args, { env });
    if (code !== 0) stop(`${output.trimEnd()}\n\`apt-get ${args.join(" ")}\` failed.`);
  }
  return findChromium() ?? stop("apt-get installed it, but it is not on PATH.");
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {never} */
function stop(message) {
  console.error(message);
  process.exit(1);
}
