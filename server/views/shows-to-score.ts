import { showsToScore } from "#db/queries/scores.ts";
import type { Reader } from "./reader.ts";

const AT_ONCE = 1_000;

/** All shows of which scores are stored or may be, by id. */
export async function readShowsToScore(reader: Reader): Promise<number[]> {
  const shows: number[] = [];
  let page = await showsToScore(reader, 0, AT_ONCE);
  while (page.length > 0) {
    shows.push(...page);
    page = await showsToScore(reader, page.at(-1)!, AT_ONCE);
  }
  return shows;
}
