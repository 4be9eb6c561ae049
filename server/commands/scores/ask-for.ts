import type { Transaction } from "#db/client.ts";
import { insertJobs, runningAmong } from "#db/queries/jobs.ts";
import { scoringShow } from "#db/queries/scores.ts";
import { queued, type QueuedJob } from "#jobs/definitions.ts";

export interface Asked {
  /** Artists of whom what they play is studied again: shows or setlists have changed. */
  studies?: readonly number[];
  /** Shows that are scored again: their votes, setlists or chances have changed. */
  scores?: readonly number[];
}

/** Has artists studied and shows scored again, each once however often it is named. */
export async function askFor(tx: Transaction, { studies = [], scores = [] }: Asked, now: number): Promise<void> {
  await enqueue(tx, [...new Set(studies)].map((artistId) => queued("study-artist", String(artistId), { artistId })), now);
  await enqueue(tx, [...new Set(scores)].map((showId) => queued("score-show", String(showId), { showId })), now);
}

/** Has a show scored again. */
export function askForScores(tx: Transaction, showId: number, now: number): Promise<void> {
  return askFor(tx, { scores: [showId] }, now);
}

/** Has a show scored again where its scores are stored, or could be by now. */
export async function refreshScores(tx: Transaction, showId: number, now: number): Promise<void> {
  const show = await scoringShow(tx, showId);
  if (show !== null && (show.scored || (show.settled && show.votes))) await askForScores(tx, showId, now);
}

/** Has what an artist plays studied again. */
export function askForStudy(tx: Transaction, artistId: number, now: number): Promise<void> {
  return askFor(tx, { studies: [artistId] }, now);
}

/** Jobs of one name. One of the same key that runs already may have read what was before: then another one follows it. */
async function enqueue(tx: Transaction, jobs: readonly QueuedJob[], now: number): Promise<void> {
  const free: QueuedJob[] = [];
  let unsure = jobs.map((job) => ({ job, key: job.key }));
  while (unsure.length > 0) {
    const running = new Map((await runningAmong(tx, unsure.map(({ job: { name }, key }) => ({ name, key })))).map(({ key, id }) => [key, id]));
    free.push(...unsure.flatMap(({ job, key }) => (running.has(key) ? [] : [{ ...job, key }])));
    unsure = unsure.flatMap(({ job, key }) => (running.has(key) ? [{ job, key: `${job.key} after ${running.get(key)}` }] : []));
  }
  await insertJobs(tx, free.map((job) => ({ ...job, runAt: now })), now);
}
