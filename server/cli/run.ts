import { CommanderError, type Command } from "commander";
import { readConfig } from "../config/config.ts";
import { readEnvironment } from "../config/environment.ts";
import { commandLine } from "./command-line.ts";
import { told } from "./failures.ts";
import { createOutput } from "./output.ts";
import { UsageError, type Carried } from "./program.ts";
import type { Runner } from "./verbs.ts";

/** Runs the command that the process was started with, and sets its exit code: 0 done, 1 failed, 2 not understood. */
export async function runCommandLine(carried: Carried): Promise<void> {
  const root = commandLine((root) => runnerFor(root, carried));
  const asked = process.argv.slice(2);
  process.stdout.on("error", endWithReader);
  try {
    await root.parseAsync(asked.length === 0 ? ["--help"] : asked, { from: "user" });
  } catch (error) {
    process.exitCode = endWith(error);
  }
}

function runnerFor(root: Command, carried: Carried): Runner {
  const runBare: Runner["runBare"] = async (work) => {
    process.exitCode = await work(carried, createOutput({ json: root.opts<{ json?: true }>().json === true }));
  };
  return {
    runBare,
    run: (work) =>
      runBare((known, out) => work({ ...known, config: readConfig(readEnvironment(process.cwd()).values) }, out)),
  };
}

/** Whoever read our output, such as `head`, has seen enough. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit();
}

/** Says what went wrong, unless commander has; the exit code. */
function endWith(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  console.error(told(error));
  return error instanceof UsageError ? 2 : 1;
}
