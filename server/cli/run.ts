import { Command, CommanderError } from "commander";
import { readConfig } from "../config/config.ts";
import { readEnvironment } from "../config/environment.ts";
import { addBackup } from "./backup.ts";
import { addCompletion } from "./completion.ts";
import { addConfig } from "./config.ts";
import { addDemoVerbs } from "./demo.ts";
import { addDoctor } from "./doctor.ts";
import { told } from "./failures.ts";
import { addHealthcheck } from "./healthcheck.ts";
import { addJobs } from "./jobs.ts";
import { addLicences } from "./licences.ts";
import { addMigrate } from "./migrate.ts";
import { createOutput } from "./output.ts";
import { UsageError, type Carried } from "./program.ts";
import { addRestore } from "./restore.ts";
import { addServe } from "./serve.ts";
import { addToken } from "./token.ts";
import { addUser } from "./user.ts";
import { verbsOf, type Runner, type Verbs } from "./verbs.ts";
import { addVerify } from "./verify.ts";
import { addVersion } from "./version.ts";
import { addWork } from "./work.ts";

/** In the order of `theset --help`. */
const added: readonly ((verbs: Verbs) => void)[] = [
  addServe,
  addWork,
  addMigrate,
  addDemoVerbs,
  addUser,
  addToken,
  addJobs,
  addBackup,
  addRestore,
  addVerify,
  addDoctor,
  addHealthcheck,
  addConfig,
  addVersion,
  addLicences,
  addCompletion,
];

const ABOUT = "TheSet: fans vote on the songs of a coming show, live.";
const MORE = `
Settings come from the environment or from a file .env in this folder; \`theset config\` shows them.
\`theset help <verb>\` shows a verb's options and examples.`;

/** Runs the command that the process was started with, and sets its exit code: 0 done, 1 failed, 2 not understood. */
export async function runCommandLine(carried: Carried): Promise<void> {
  const root = new Command("theset").description(ABOUT).addHelpText("after", MORE);
  root.option("--json", "one JSON document on stdout, everything else on stderr");
  root.configureHelp({ showGlobalOptions: true }).exitOverride();
  root.configureOutput({ outputError: (text, write) => write(oneLine(text)) });
  const verbs = verbsOf(root, runnerFor(root, carried));
  for (const add of added) add(verbs);
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

/** Commander's words for a mistake, with its suggestion, as one sentence. */
function oneLine(text: string): string {
  const plain = text.replace(/^error: /, "").trim().replaceAll("\n", " ");
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}\n`;
}

/** Says what went wrong, unless commander has; the exit code. */
function endWith(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  console.error(told(error));
  return error instanceof UsageError ? 2 : 1;
}
