import { Contenders, type Contender, type RunOptions, type Stored } from "../contenders.ts";
import type { Figure } from "../figures.ts";
import { Ground } from "../ground.ts";
import { inProcess } from "../load/processes.ts";
import { setlistSongOf } from "../load/vote-plan.ts";
import type { VolleyOrder, VolleyReport } from "../load/volley.ts";
import type { BenchOptions } from "../options.ts";
import { NAMES } from "./vote-runs.ts";

const VOLLEY = 100;
/** Fans who try each limit. */
const FANS = 20;
const SIZE = { shows: 10, songsPerShow: VOLLEY, fans: 2 * FANS };

/** Votes let through beyond a limit when one fan sends 100 at once. */
export async function benchLimits(options: BenchOptions): Promise<Figure[]> {
  using ground = new Ground(options);
  await using contenders = await Contenders.stock(ground, SIZE);
  const figures: Figure[] = [...contenders.missing];
  for (const contender of contenders.all) {
    for (const setting of settingsOf(contender)) figures.push(...(await tryLimits(contender, setting)));
  }
  return figures;
}

function settingsOf({ side }: Contender): RunOptions[] {
  if (side === "theset") return [{ processes: 1 }, { processes: 2 }];
  return [{ pool: 10 }, { pool: 20 }, { pool: 50 }, { processes: 2, pool: 20 }];
}

async function tryLimits(contender: Contender, setting: RunOptions): Promise<Figure[]> {
  const volleys = [...showVolleys(), ...dayVolleys()];
  const { side } = contender;
  const { result, stored } = await contender.run(setting, (servers) => {
    const urls = servers.map(({ url }) => url);
    return inProcess<VolleyOrder, VolleyReport>("./volley.ts", { side, urls, volleys });
  });
  const counted = result.counted.reduce((sum, n) => sum + n, 0);
  if (stored.votes !== counted) throw new Error(`${NAMES[side]} acknowledged ${counted} votes and holds ${stored.votes}`);
  const none = result.counted.filter((n) => n === 0).length;
  if (none > 0) throw new Error(`${NAMES[side]} counted nothing of ${none} volleys: ${JSON.stringify(result.answers)}`);
  return figuresOf(contender, setting, result, stored);
}

function figuresOf(
  { side }: Contender,
  { processes = 1, pool }: RunOptions,
  { counted, answers }: VolleyReport,
  stored: Stored,
): Figure[] {
  const where = `${NAMES[side]}, ${processes} process${processes > 1 ? "es" : ""}${pool ? `, pool of ${pool}` : ""}`;
  const bar = side === "theset" ? { bar: { atMost: 0 } } : {};
  const told = Object.entries(answers).map(([status, n]) => `${n} × ${status}`);
  const row = (limit: string, over: number, most: number, allowed: number, each: number[]): Figure => ({
    name: `votes beyond the ${limit}, ${where}`,
    value: over,
    unit: "votes",
    note: `of ${allowed} allowed ${Math.min(...each)} to ${most} were counted; both limits' answers: ${told.join(", ")}`,
    ...bar,
  });
  return [
    row("show's limit", stored.overShow, stored.mostOnShow, 10, counted.slice(0, FANS)),
    row("day's limit", stored.overDay, stored.mostOnDay, 50, counted.slice(FANS)),
  ];
}

/** 100 songs of one show, of which 10 may count. */
function showVolleys(): VolleyOrder["volleys"] {
  return Array.from({ length: FANS }, (_, i) => ({
    fan: i + 1,
    setlistSongs: Array.from({ length: VOLLEY }, (_, song) => setlistSongOf(1 + (i % SIZE.shows), song, SIZE.songsPerShow)),
  }));
}

/** 10 songs of each of 10 shows: within every show's limit, and twice the day's. */
function dayVolleys(): VolleyOrder["volleys"] {
  return Array.from({ length: FANS }, (_, i) => ({
    fan: FANS + i + 1,
    setlistSongs: Array.from({ length: VOLLEY }, (_, n) => setlistSongOf(1 + (n % 10), Math.floor(n / 10), SIZE.songsPerShow)),
  }));
}
