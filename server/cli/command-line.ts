import { Command } from "commander";
import { addBackup } from "./backup.ts";
import { addCompletion } from "./completion.ts";
import { addConfig } from "./config.ts";
import { addDemoVerbs } from "./demo.ts";
import { addDoctor } from "./doctor.ts";
import { addExport } from "./export.ts";
import { addHealthcheck } from "./healthcheck.ts";
import { addImport } from "./import.ts";
import { addJobs } from "./jobs.ts";
import { addLicences } from "./licences.ts";
import { addLinks } from "./links.ts";
import { addMigrate } from "./migrate.ts";
import { addRestore } from "./restore.ts";
import { addScores } from "./scores.ts";
import { addServe } from "./serve.ts";
import { addSync } from "./sync.ts";
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
  addSync,
  addJobs,
  addBackup,
  addRestore,
  addExport,
  addImport,
  addLinks,
  addScores,
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

/** The whole command line; `runner` does what its verbs ask for. */
export function commandLine(runner: (root: Command) => Runner): Command {
  const root = new Command("theset").description(ABOUT).addHelpText("after", MORE);
  root.option("--json", "one JSON document on stdout, everything else on stderr");
  root.configureHelp({ showGlobalOptions: true }).exitOverride();
  root.configureOutput({ outputError: (text, write) => write(oneLine(text)) });
  const verbs = verbsOf(root, runner(root));
  for (const add of added) add(verbs);
  return root;
}

/** Commander's words for a mistake, with its suggestion, as one sentence. */
function oneLine(text: string): string {
  const plain = text.replace(/^error: /, "").trim().replaceAll("\n", " ");
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}\n`;
}
