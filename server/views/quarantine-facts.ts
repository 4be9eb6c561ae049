import { agesByNetwork, newestVoters, publicTally, showsToCheck, type VoterRow } from "#db/queries/fraud-facts.ts";
import { fansInCases } from "#db/queries/quarantine.ts";
import { MIN_ACCOUNTS, YOUNG_MS, type Ages, type Crowd, type Suspect } from "../domain/fraud-facts.ts";
import { networksToWeigh, POOL } from "../domain/fraud.ts";
import type { Reader } from "./reader.ts";

/** A show to look at, at the tally version that is looked at. */
export interface CheckedShow {
  id: number;
  tallyVersion: number;
}

export { showsToCheck as readShowsToCheck };

/** Rows of one read, which stops the thread for some ms. */
const SLICE = { voters: 200, ages: 2_000 };
/** Fans of a show whose accounts' ages are read; beyond, the oldest accounts stand for all. */
const AGES_READ = 20_000;

/** What fraud is looked for in on one show, read in slices with a pause after each. */
export async function readShowFacts(
  reader: Reader,
  showId: number,
  pause: () => Promise<void>,
): Promise<{ suspects: Suspect[]; crowd: Crowd }> {
  const released = await releasedFans(reader, showId);
  const suspects: Suspect[] = [];
  let below = Number.MAX_SAFE_INTEGER;
  for (let read = 0; read < POOL; read += SLICE.voters) {
    const rows = await newestVoters(reader, showId, below, SLICE.voters);
    suspects.push(...rows.filter((row) => !released.has(row.userId)).map(toSuspect));
    await pause();
    if (rows.length < SLICE.voters) break;
    below = rows.at(-1)!.userId;
  }
  const songs = await publicTally(reader, showId);
  // Too few for any pattern: the crowd around them need not be read.
  if (suspects.length < MIN_ACCOUNTS) return { suspects: [], crowd: { fans: 0, young: 0, networks: new Map(), songs } };
  const ages = await readAges(reader, showId, networksToWeigh(suspects), pause);
  return { suspects, crowd: { ...ages, songs } };
}

/** What a moderator has let count is not suspected again. */
async function releasedFans(reader: Reader, showId: number): Promise<Set<number>> {
  const known = await fansInCases(reader, showId);
  return new Set(known.filter((fan) => fan.decision === "released").map((fan) => fan.userId));
}

function toSuspect({ userId, createdAt, firstCastAt, network, held, votes }: VoterRow): Suspect {
  const delay = firstCastAt - createdAt;
  return {
    userId,
    network,
    delay,
    young: delay < YOUNG_MS,
    firstCastAt,
    held: held === 1,
    votes: votes.split(",").map((vote) => {
      const [setlistSongId, castAt] = vote.split(" ");
      return { setlistSongId: Number(setlistSongId), castAt: Number(castAt) };
    }),
  };
}

async function readAges(
  reader: Reader,
  showId: number,
  asked: string[],
  pause: () => Promise<void>,
): Promise<Omit<Crowd, "songs">> {
  const networks = new Map<string, Ages>();
  const all: Ages = { fans: 0, young: 0 };
  let after = 0;
  for (let read = 0; read < AGES_READ; read += SLICE.ages) {
    const rows = await agesByNetwork(reader, { showId, after, limit: SLICE.ages, networks: asked, youngMs: YOUNG_MS });
    for (const row of rows) {
      add(all, row);
      if (row.network === null) continue;
      const ages = networks.get(row.network) ?? { fans: 0, young: 0 };
      networks.set(row.network, add(ages, row));
    }
    await pause();
    if (rows.reduce((sum, row) => sum + row.seen, 0) < SLICE.ages) break;
    after = Math.max(...rows.map((row) => row.last));
  }
  return { ...all, networks };
}

function add(sum: Ages, more: Ages): Ages {
  sum.fans += more.fans;
  sum.young += more.young;
  return sum;
}
