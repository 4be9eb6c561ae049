import { spawn } from "node:child_process";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The project's own Node 24; the scripts themselves may run on the host's older Node. */
export const projectNode = join(
  root,
  "node_modules/node/bin",
  process.platform === "win32" ? "node.exe" : "node",
);

/** The shell or terminal that started this script; read at once, since it may end during a build. */
const parent = process.ppid;

/** The script behind a package's command, to be run by `projectNode`. */
export const tool = {
  remix: join(root, "node_modules/@remix-run/dev/dist/cli.js"),
  esbuild: join(root, "node_modules/esbuild/lib/main.js"),
  tsc: join(root, "node_modules/typescript/bin/tsc"),
  eslint: join(root, "node_modules/eslint/bin/eslint.js"),
  depcruise: join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
  vitest: join(root, "node_modules/vitest/vitest.mjs"),
};

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, show?: boolean, cwd?: string }} [options] `show`: on this terminal, else collected
 * @returns {Promise<{ code: number, output: string }>} a command that cannot start or was killed has a code above 0
 */
export function run(command, args, { env = {}, show = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    child.on("error", (error) => resolve({ code: 127, output: `${command}: ${error.message}\n` }));
    child.on("close", (code, signal) => {
      const output = Buffer.concat(chunks).toString("utf8");
      resolve({
        code: exitCode(code, signal),
        output: signal ? `${output}\nended by ${signal}\n` : output,
      });
    });
  });
}

/**
 * Hands the terminal, the signals and the exit code over to a child, as `exec` would.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export function handOver(command, args, env = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  if (process.env.npm_lifecycle_event) endWithParent(child);
  child.on("error", (error) => {
    console.error(`${command}: ${error.message}`);
    process.exit(127);
  });
  child.on("close", (code, signal) => process.exit(exitCode(code, signal)));
}

/** npm's shell dies of a signal without passing it on, which would leave the child running. */
function endWithParent(child) {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    child.kill("SIGTERM");
  }, 200);
  timer.unref();
}

/** The shell's convention: 128 and the signal's number for a process that a signal ended. */
function exitCode(code, signal) {
  return signal ? 128 + constants.signals[signal] : (code ?? 1);
}
