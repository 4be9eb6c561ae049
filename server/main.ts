import { parseArgs } from "node:util";
import { addDemo, migrateOnly, promote, removeDemo } from "./cli/verbs.ts";
import { serve } from "./cli/serve.ts";
import { verify } from "./cli/verify.ts";
import { ConfigError, readConfig } from "./config.ts";

const HELP = `theset: fans vote on the songs of a coming show, live

  theset serve [--no-jobs]              serve the site (the database is made and migrated at start)
  theset migrate                        bring the database up to date and stop
  theset seed                           load the demo catalogue, unless it is there
  theset remove-demo                    remove the demo catalogue, its fans and their votes, and nothing else
  theset verify [--repair]              compare every counter with the votes and check the file; mend the counters
  theset user promote EMAIL [--role R]  give an account a role: admin (default), moderator or user

Settings come from the environment; .env.example lists them.`;

async function main(): Promise<number> {
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
  const config = readConfig();
  switch (`${verb} ${rest[0] ?? ""}`.trim()) {
    case "serve":
      return serve(config, { dev: values.dev, jobs: !values["no-jobs"] });
    case "migrate":
      return migrateOnly(config);
    case "seed":
      return addDemo(config);
    case "remove-demo":
      return removeDemo(config);
    case "verify":
      return verify(config, { repair: values.repair });
    case "user promote":
      return promote(config, rest[1], values.role);
    default:
      console.error(`There is no command "${positionals.join(" ")}".\n\n${HELP}`);
      return 2;
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(isAddressTaken(error) ? "This address is taken. Set another one, for example PORT=3001." : told(error));
    process.exitCode = isUsage(error) ? 2 : 1;
  },
);

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
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
