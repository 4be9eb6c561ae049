import { showId } from "#db/queries/shows.ts";
import type { Write } from "../commands/registry.ts";
import { type FanSlice, startOf } from "../commands/scores/score-fans.ts";
import { AppError } from "../domain/errors.ts";
import type { Reader } from "../views/reader.ts";
import { readShowsToScore } from "../views/shows-to-score.ts";
import { verifyStandings } from "../views/verify-standings.ts";
import { mendStandings } from "./mend-standings.ts";
import type { Output } from "./output.ts";
import { withDatabase, type Program } from "./program.ts";
import type { Verbs } from "./verbs.ts";

export function addScores(verbs: Verbs): void {
  verbs
    .noun("scores", "what fans' votes came to")
    .verb("recompute", {
      summary: "make all stored scores and standings again from votes and setlists",
      examples: [
        ["theset scores recompute", "says how many rows were other ones; on a sound database none"],
        ["theset scores recompute --show radiohead-o2-arena-2026-06-14", "one show alone"],
      ],
    })
    .option("--show <slug>", "one show, by its address")
    .action(({ show }: { show?: string }) => verbs.run((program, out) => recompute(program, out, show)));
}

function recompute(program: Program, out: Output, slug: string | undefined): Promise<number> {
  return withDatabase(program, async ({ reader, write }) => {
    const shows = slug === undefined ? await readShowsToScore(reader) : [await idOf(reader, slug)];
    const sum = await recomputeShows(write, shows, out);
    // Of fans who have no scores any more standings may be left.
    const changed = sum.changed + (slug === undefined ? await mendStandings(write, await verifyStandings(reader)) : 0);
    out.say(`${told(shows.length, "show")} and ${told(sum.fans, "fan score")} made again. ${changed === 0 ? "All were as they are stored." : `${told(changed, "row")} changed.`}`);
    out.result({ shows: shows.length, fanScores: sum.fans, changed });
    return 0;
  });
}

async function idOf(reader: Reader, slug: string): Promise<number> {
  const id = await showId(reader, slug);
  if (id === null) throw new AppError({ kind: "not_found", reason: "not_found", message: `There is no show "${slug}". Its name is the last part of its page's address.` });
  return id;
}

async function recomputeShows(write: Write, shows: readonly number[], out: Output): Promise<{ fans: number; changed: number }> {
  const bar = out.progress("Scoring");
  const sum = { fans: 0, changed: 0 };
  try {
    for (const [i, id] of shows.entries()) {
      bar.at(i, shows.length);
      for (let slice: FanSlice | null = startOf(id); slice !== null; ) {
        const part: Awaited<ReturnType<typeof write<"scoreFans">>> = await write("scoreFans", slice);
        sum.fans += part.fans;
        sum.changed += part.changed;
        slice = part.next;
      }
    }
  } finally {
    bar.end();
  }
  return sum;
}

function told(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
