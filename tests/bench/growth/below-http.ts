import { fileURLToPath } from "node:url";
import { openReader } from "#db/client.ts";
import { authorize } from "#server/auth/actor.ts";
import { openDatabase } from "#server/database.ts";
import { folderFiles } from "#server/files/folder-files.ts";
import { showPage } from "#server/views/show-page.ts";
import { NO_BACKUPS } from "#tests/support/backups.ts";
import { spread, type Spread } from "../figures.ts";
import { showOf, VotePlan, type Plan } from "../load/vote-plan.ts";

/** What is measured of one database, below HTTP. */
export interface BelowOrder {
  file: string;
  /** How long each size of batch is measured, in s. */
  seconds: number;
  batches: number[];
  pages: number;
  plan: Plan;
}

export interface BelowReport {
  /** Microseconds per vote, by size of batch. */
  vote: Record<number, number>;
  /** Milliseconds of the show page's queries, for a fan who votes there. */
  page: Spread;
}

process.once("message", (order: BelowOrder) => {
  void run(order).then((report) => process.send!(report, () => process.exit(0)));
});

async function run(order: BelowOrder): Promise<BelowReport> {
  return { page: await pageTimes(order), vote: await voteCosts(order) };
}

/** Batches go one after another: each is one commit of the writer. */
async function voteCosts({ file, seconds, batches, plan }: BelowOrder): Promise<Record<number, number>> {
  const database = await openDatabase({
    databaseUrl: `file:${file}`,
    databasePath: fileURLToPath(`file://${file}`),
    files: folderFiles,
    backup: NO_BACKUPS,
    now: Date.now,
    onCommit: () => {},
  });
  const votes = new VotePlan(plan);
  const castOne = async () => {
    if (!votes.next()) throw new Error("The stock of votes ran out: raise the number of fans");
    const fan = authorize({ userId: votes.fan, role: "user", displayName: "", email: "" }, "vote");
    const { verdict } = await database.write("castVotes", { fan, setlistSongId: votes.setlistSong });
    if (verdict !== "counted") throw new Error(`A vote of the plan was ${verdict}`);
  };
  const batchesFor = async (size: number, ms: number) => {
    const start = performance.now();
    let cast = 0;
    for (; performance.now() - start < ms; cast += size) await Promise.all(Array.from({ length: size }, castOne));
    return ((performance.now() - start) * 1000) / cast;
  };
  const costs: Record<number, number> = {};
  for (const size of batches) {
    await batchesFor(size, (seconds * 1000) / 4);
    costs[size] = await batchesFor(size, seconds * 1000);
  }
  await database.close();
  return costs;
}

async function pageTimes({ file, pages, plan }: BelowOrder): Promise<Spread> {
  const connection = await openReader(`file:${file}`);
  const times: number[] = [];
  for (let i = 0; i < pages * 1.2; i += 1) {
    const userId = ((i * 7_919) % plan.fans) + 1;
    const start = performance.now();
    await showPage(connection.db, { show: `bench-${showOf(userId, 0, plan.shows)}`, userId, now: Date.now() });
    times.push(performance.now() - start);
  }
  connection.close();
  return spread(times.slice(Math.floor(pages * 0.2)));
}
