import { existsSync, readFileSync, statSync, utimesSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectNode, root, run } from "./processes.mjs";

const installed = join(root, "node_modules/.package-lock.json");

/** Installs the packages and the project's own Node when they are missing or older than the lock. */
export async function setup() {
  if (!needsInstall()) return;
  console.error("Installing packages (once; later starts skip this) …");
  const npm = npmCommand();
  // Not `npm ci`: it refuses the lock when a registry lacks a binary for another platform.
  // `--no-save`: starting the program leaves the lock as it is, whatever the version of npm.
  // `--include=dev`: the build needs development packages whatever NODE_ENV says.
  const args = [...npm.args, "install", "--no-audit", "--no-fund", "--no-save", "--include=dev"];
  const install = await run(npm.command, args, { env: npm.env });
  if (install.code !== 0) {
    stop(install.output, "Installing the packages failed.", [
      "Check the network and the registry (`npm ping`), then run `npm install` to see more.",
    ]);
  }
  if (!existsSync(projectNode)) await installNode(npm.env);
  const now = new Date();
  utimesSync(installed, now, now);
}

function needsInstall() {
  if (!existsSync(installed) || !existsSync(projectNode)) return true;
  const { mtimeMs } = statSync(installed);
  return ["package.json", "package-lock.json"].some(
    (file) => statSync(join(root, file)).mtimeMs > mtimeMs,
  );
}

/** npm may have skipped the `node` package's own install script, which fetches the binary. */
async function installNode(env) {
  const folder = join(root, "node_modules/node");
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const fetched = await run(process.execPath, ["installArchSpecificPackage.js"], {
    cwd: folder,
    env,
  });
  if (fetched.code === 0 && existsSync(projectNode)) return;
  stop(fetched.output, `The project's own Node ${version} could not be installed.`, [
    "Allow the install script of the package `node` (`npm install-scripts approve node`),",
    "remove node_modules/node and run the command again.",
  ]);
}

/** The npm that started this script, on the Node that runs it; else the npm on PATH. */
function npmCommand() {
  const own = join(root, "node_modules/.bin");
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== own)
    .join(delimiter);
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  // Without node_modules/.bin on PATH: the install replaces the Node binary in there.
  const env = { PATH: path };
  if (node && script?.endsWith("npm-cli.js")) return { command: node, args: [script], env };
  return { command: process.platform === "win32" ? "npm.cmd" : "npm", args: [], env };
}

/**
 * @param {string} output
 * @param {string} problem
 * @param {string[]} advice
 * @returns {never}
 */
function stop(output, problem, advice) {
  console.error([output.trimEnd(), "", problem, ...advice].join("\n"));
  process.exit(1);
}
