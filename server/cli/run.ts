import { parseArgs } from "node:util";
import { ConfigError, readConfig } from "../config/config.ts";
import { UsageError, type Program } from "./program.ts";
import { serve } from "./serve.ts";
import { addDemo, migrateOnly, promote, removeDemo } from "./verbs.ts";
import { verify } from "./verify.ts";

const HELP = `theset: fans vote on the songs of a coming show, live

  theset serve [--no-jobs]              serve the site (the database is made and migrated at start)
  theset migrate                        bring the database up to date and stop
  theset seed                           load the demo catalogue, unless it is there
  theset remove-demo                    remove the demo catalogue, its fans and their votes, and nothing else
  theset verify [--repair]              compare every counter with the votes and check the file; mend the counters
  theset user promote EMAIL [--role R]  give an account a role: admin (default), moderator or user

Settings come from the environment; .env.example lists them.`;

async function run(carried: Omit<Program, "config">): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      dev: { type: "boolean", default: false },
      "no-jobs": { type: "boolean", default: false },
      role: { type: "string", default: "admin" },
      repair: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [verb = "help", ...rest] = positionals;
  if (values.help || verb === "help") {
    console.log(HELP);
    return 0;
  }
  const program = { config: readConfig(), ...carried };
  switch (`${verb} ${rest[0] ?? ""}`.trim()) {
    case "serve":
      return serve(program, { dev: values.dev, jobs: !values["no-jobs"] });
    case "migrate":
      return migrateOnly(program);
    case "seed":
      return addDemo(program);
    case "remove-demo":
      return removeDemo(program);
    case "verify":
      return verify(program, { repair: values.repair });
    case "user promote":
      return promote(program, rest[1], values.role);
    default:
      console.error(`There is no command "${positionals.join(" ")}".\n\n${HELP}`);
      return 2;
  }
}

/** Runs the command that the process was started with, and sets its exit code. */
export async function runCommandLine(carried: Omit<Program, "config">): Promise<void> {
  try {
    process.exitCode = await run(carried);
  } catch (error) {
    console.error(isAddressTaken(error) ? "This address is taken. Set another one, for example PORT=3001." : told(error));
    process.exitCode = isUsage(error) ? 2 : 1;
  }
}

function isAddressTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

/** The message alone where it says all that an operator needs, else the whole error. */
function told(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const known = error instanceof ConfigError || error.name === "MigrationError" || error.name === "AppError";
  return known || isUsage(error) ? error.message : error;
}

/** An option that there is not. */
function isUsage(error: unknown): boolean {
  return error instanceof UsageError || (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"));
}
