import { parseArgs } from "node:util";
import { addDemo, migrateOnly, promote, removeDemo } from "./cli/verbs.ts";
import { serve } from "./cli/serve.ts";
import { ConfigError, readConfig } from "./config.ts";

const HELP = `theset: fans vote on the songs of a coming show, live

  theset serve [--no-jobs]              serve the site (the database is made and migrated at start)
  theset migrate                        bring the database up to date and stop
  theset seed                           load the demo catalogue, unless it is there
  theset remove-demo                    remove the demo catalogue, its fans and their votes, and nothing else
  theset user promote EMAIL [--role R]  give an account a role: admin (default), moderator or user

Settings come from the environment; .env.example lists them.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      dev: { type: "boolean", default: false },
      "no-jobs": { type: "boolean", default: false },
      role: { type: "string", default: "admin" },
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
    const expected = error instanceof ConfigError || (error instanceof Error && isTold(error));
    console.error(expected ? error.message : error);
    process.exitCode = 1;
  },
);

/** Errors whose message says all that an operator needs. */
function isTold(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return error.name === "MigrationError" || error.name === "AppError" || code.startsWith("ERR_PARSE_ARGS");
}
