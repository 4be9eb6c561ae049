import type { Transaction } from "#db/client.ts";
import { insertJob, jobById, liveJobId } from "#db/queries/jobs.ts";
import { scoringShow } from "#db/queries/scores.ts";
import { queued, type QueuedJob } from "#jobs/definitions.ts";

/** Has a show scored again: its votes, its setlist or its chances have changed. */
export function askForScores(tx: Transaction, showId: number, now: number): Promise<void> {
  return askFor(tx, queued("score-show", String(showId), { showId }), now);
}

/** Has a show scored again where its scores are stored, or could be by now. */
export async function refreshScores(tx: Transaction, showId: number, now: number): Promise<void> {
  const show = await scoringShow(tx, showId);
  if (show !== null && (show.scored || (show.settled && show.votes))) await askForScores(tx, showId, now);
}

/** Has what an artist plays studied again: shows or setlists have changed. */
export function askForStudy(tx: Transaction, artistId: number, now: number): Promise<void> {
  return askFor(tx, queued("study-artist", String(artistId), { artistId }), now);
}

/** A job of the same key that runs already may have read what was before: then another one follows it. */
async function askFor(tx: Transaction, job: QueuedJob, now: number): Promise<void> {
  let { key } = job;
  for (let running = await runningOf(tx, job.name, key); running !== null; running = await runningOf(tx, job.name, key)) key = `${job.key} after ${running}`;
  await insertJob(tx, { ...job, key, runAt: now }, now);
}

async function runningOf(tx: Transaction, name: string, key: string): Promise<number | null> {
  const id = await liveJobId(tx, name, key);
  return id !== null && (await jobById(tx, id))?.state === "running" ? id : null;
}
