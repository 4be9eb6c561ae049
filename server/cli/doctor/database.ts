import { existsSync } from "node:fs";
import { openReader, type Database } from "#db/client.ts";
import type { Migration } from "#db/migrate.ts";
import { appliedMigrations, isForeign, newestInstant, quickCheck } from "#db/queries/about.ts";
import type { Config } from "../../config/config.ts";
import { told } from "../failures.ts";
import { checkJobs } from "./jobs.ts";
import { fail, ok, warn, type Finding } from "./finding.ts";

/** What the database looks like from inside. */
export interface DatabaseFindings {
  findings: Finding[];
  /** The latest instant (epoch ms) stored in it; null where there is none. */
  newest: number | null;
}

/** Whether the file is sound and of this program's schema; changes nothing. */
export async function checkDatabase(config: Config, known: readonly Migration[]): Promise<DatabaseFindings> {
  const { databasePath, databaseUrl } = config;
  if (!existsSync(databasePath)) {
    return { findings: [warn("database", `there is none at ${databasePath}`, "`theset serve` makes it; or set DATA_DIR to where it is.")], newest: null };
  }
  try {
    const connection = await openReader(databaseUrl);
    try {
      return await look(connection.db, config, known);
    } finally {
      connection.close();
    }
  } catch (error) {
    const problem = told(error);
    const found = problem instanceof Error ? problem.message : String(problem);
    return { findings: [fail("database", found, `Stop the program, keep a copy of ${databasePath}, and restore a backup.`)], newest: null };
  }
}

async function look(db: Database, config: Config, known: readonly Migration[]): Promise<DatabaseFindings> {
  const { databasePath } = config;
  if (await isForeign(db)) {
    return { findings: [fail("database", `${databasePath} is of another program`, "Set DATA_DIR or DATABASE_URL to another place.")], newest: null };
  }
  const damage = await quickCheck(db);
  const sound =
    damage.length === 0
      ? ok("database", `${databasePath} is sound (quick check; \`theset verify\` looks closer)`)
      : fail("database", `${databasePath} is damaged: ${damage.slice(0, 3).join("; ")}`, "Stop the program, keep a copy of the file, and restore a backup.");
  const applied = await appliedMigrations(db);
  const schema = checkSchema(applied, known);
  const jobs = sound.level === "ok" && schema.level === "ok" ? await checkJobs(db, config, Date.now()) : [];
  return { findings: [sound, schema, ...jobs], newest: applied.length === 0 ? null : await newestInstant(db) };
}

function checkSchema(applied: readonly string[], known: readonly Migration[]): Finding {
  const found = `the database has ${applied.length} migrations, the program ${known.length}`;
  if (applied.length > known.length) return fail("schema", found, "A newer program has used it. Start that one, or restore a backup made by this one.");
  if (applied.some((hash, i) => hash !== known[i]!.hash)) {
    return fail("schema", "the database was migrated by another build", "Start that build, or restore a backup made by this one.");
  }
  if (applied.length < known.length) return warn("schema", found, "The next start migrates it. Take a backup first.");
  return ok("schema", found);
}
