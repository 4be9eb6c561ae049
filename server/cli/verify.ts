import { openReader, type Database } from "#db/client.ts";
import type { Migration } from "#db/migrate.ts";
import { appliedMigrations, isForeign } from "#db/queries/about.ts";
import type { Config } from "../config/config.ts";
import { mendStandings } from "./mend-standings.ts";
import type { Output } from "./output.ts";
import { foreign, mayBeThere, noDatabase, PreflightError } from "./preflight.ts";
import { withDatabase, type Program } from "./program.ts";
import type { Verbs } from "./verbs.ts";
import { verifyCounters, type Verification } from "../views/verify-counters.ts";
import { verifyStandings } from "../views/verify-standings.ts";

/** All that is compared. */
interface Findings extends Verification {
  /** Standings on leaderboards that don't agree with the fans' scores; they can be mended. */
  standings: Awaited<ReturnType<typeof verifyStandings>>;
}

type Miscount = Verification["miscounts"][number];

/** Miscounts that are printed one by one. */
const PRINTED_AT_MOST = 50;

export function addVerify(verbs: Verbs): void {
  verbs
    .verb("verify", {
      summary: "compare every counter with the votes and check the file",
      examples: [
        ["theset verify", "may run beside the server; exit code 1 when something is found"],
        ["theset verify --repair", "set wrong counters to what the votes say, and standings to what the scores say"],
      ],
    })
    .option("--repair", "mend counters and standings")
    .action(({ repair = false }: { repair?: boolean }) => verbs.run((program, out) => verify(program, out, { repair })));
}

/** Compares counters with votes and checks the file: 0 when all is well, 1 when something is found and stays. */
async function verify(program: Program, out: Output, { repair }: { repair: boolean }): Promise<number> {
  const { config, files } = program;
  if (!mayBeThere(config.databasePath)) throw new PreflightError(noDatabase(config.databasePath));
  const found = await look(config, out, files.migrations());
  print(found, out);
  const mendable = found.miscounts.length + found.standings.length;
  if (!repair || mendable === 0) {
    if (mendable > 0) out.say("`theset verify --repair` sets these to what the votes and scores say.");
    out.result({ sound: isSound(found), ...found, mended: 0 });
    return isSound(found) ? 0 : 1;
  }
  const mended = await mend(program, found);
  const after = await look(config, out, files.migrations());
  out.say(`Mended: ${mended} ${found.standings.length > 0 ? "counters and standings" : "counters"}. Looking again:`);
  print(after, out);
  out.result({ sound: isSound(after), ...after, mended });
  return isSound(after) ? 0 : 1;
}

async function look(config: Config, out: Output, known: readonly Migration[]): Promise<Findings> {
  const connection = await openReader(config.databaseUrl);
  const bar = out.progress("Checking");
  try {
    await requireOwn(connection.db, config, known);
    const found = await verifyCounters(connection.db, (done, total) => bar.at(done, total));
    return { ...found, standings: await verifyStandings(connection.db) };
  } finally {
    bar.end();
    connection.close();
  }
}

/** Counters are looked for where this program keeps them. Throws `PreflightError`. */
async function requireOwn(db: Database, { databasePath }: Config, known: readonly Migration[]): Promise<void> {
  if (await isForeign(db)) throw new PreflightError(foreign(databasePath));
  const applied = await appliedMigrations(db);
  if (applied.some((hash, i) => hash !== known[i]?.hash)) throw new PreflightError("The database is of a newer TheSet, or of another build. Verify it with that one.");
  if (applied.length === known.length) return;
  throw new PreflightError(`The database has ${applied.length} of this program's ${known.length} migrations. \`theset migrate\` brings it up to date, after a backup; verify it then.`);
}

function mend(program: Program, { miscounts, standings }: Findings): Promise<number> {
  return withDatabase(program, async ({ write }) => {
    const counters = miscounts.length === 0 ? [] : await write("repairCounters", undefined);
    return counters.length + (await mendStandings(write, standings));
  });
}

function isSound({ damage, miscounts, standings }: Findings): boolean {
  return damage.length === 0 && miscounts.length === 0 && standings.length === 0;
}

function print({ damage, miscounts, standings }: Findings, out: Output): void {
  for (const problem of damage) out.say(`damage: ${problem}`);
  for (const miscount of miscounts.slice(0, PRINTED_AT_MOST)) out.say(`miscount: ${told(miscount)}`);
  if (miscounts.length > PRINTED_AT_MOST) out.say(`… and ${miscounts.length - PRINTED_AT_MOST} more`);
  for (const { board, name, userId } of standings.slice(0, PRINTED_AT_MOST)) out.say(`standing: fan ${userId} on the leaderboard ${[board, name].join(" ").trim()} is not what the fan's scores say`);
  if (standings.length > 0) out.say(`${standings.length} standings that do not agree with the scores.`);
  if (isSound({ damage, miscounts, standings })) out.say("The file is sound and every counter agrees with the votes.");
  else out.say(`${damage.length} problems of the file, ${miscounts.length} counters that do not agree with the votes.`);
}

function told({ counter, of, id, claimed, counted }: Miscount): string {
  return `${whose(counter, of, id)} says ${claimed}, the votes say ${counter === "day_allowance" ? "at least " : ""}${counted}`;
}

function whose(counter: Miscount["counter"], of: number, id: number): string {
  switch (counter) {
    case "setlist_song":
      return `setlist song ${id} of show ${of}`;
    case "show":
      return `the total of show ${id}`;
    case "show_allowance":
      return `fan ${id}'s allowance for show ${of}`;
    case "day_allowance":
      return `fan ${id}'s allowance for ${new Date(of * 86_400_000).toISOString().slice(0, 10)}`;
  }
}
