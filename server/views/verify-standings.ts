import { scoredFans, type WrongStanding, wrongStandings } from "#db/queries/standings.ts";
import { STANDING_RULES } from "../domain/scoring/leaderboard.ts";
import type { Reader } from "./reader.ts";

/** Fans looked at by one statement. */
const FANS_AT_ONCE = 1_000;

/** Standings that don't agree with their fans' scores; reads all scores, some fans at a time. */
export async function verifyStandings(reader: Reader): Promise<WrongStanding[]> {
  const wrong: WrongStanding[] = [];
  let fans = await scoredFans(reader, 0, FANS_AT_ONCE);
  while (fans.length > 0) {
    wrong.push(...(await wrongStandings(reader, fans, STANDING_RULES)));
    fans = await scoredFans(reader, fans.at(-1)!, FANS_AT_ONCE);
  }
  return wrong;
}
