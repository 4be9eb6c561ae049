import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { identitiesOfArtists } from "#db/queries/match-keys.ts";
import { openMatchesOfArtist, songsThere } from "#db/queries/match-nights.ts";
import { weightOf } from "#db/queries/merges.ts";
import { areKeptApart, dropOpenMatches, matchesOf, putMatch, type MatchRow } from "#db/queries/matches.ts";
import type { AlikeSongs } from "../../domain/matching/alike-songs.ts";
import type { Evidence } from "../../domain/matching/evidence.ts";
import { otherOf } from "../../domain/matching/pair.ts";
import { saveStep, type JobStep } from "../job-queue.ts";
import { mergeInto } from "../merge/merge-into.ts";

export interface AlikeArtists {
  artistId: number;
  found: { otherId: number; confidence: number; evidence: Evidence[] }[];
  step: JobStep;
}

/** Puts artists of ours that may be the same into review, and takes back what is not alike any more. */
export const noteAlikeArtists = command<AlikeArtists, void>(async (tx, { input: { artistId, found, step }, now }) => {
  for (const { otherId, confidence, evidence } of found) {
    await putMatch(tx, { kind: "artist", subjectId: artistId, other: { otherId }, confidence, evidence, status: "review" }, now);
  }
  const alike = new Set(found.map(({ otherId }) => otherId));
  const open = (await matchesOf(tx, "artist", artistId)).filter(({ status }) => status === "review");
  const known = new Set((await identitiesOfArtists(tx, [artistId])).filter(({ digest, confidence }) => digest !== null && confidence > 0).map(({ provider }) => provider));
  // What one provider states of both stands until somebody has looked at it; of records what there is of the artist itself decides.
  const isStale = (row: MatchRow) =>
    row.otherId === null ? row.subjectId === artistId && known.has(row.provider!) : !alike.has(otherOf(row, artistId)!) && !row.evidence.list.some(({ kind }) => kind === "stated_id");
  const stale = open.filter(isStale);
  await dropOpenMatches(tx, stale.map(({ id }) => id));
  await saveStep(tx, step, now);
});

export interface NotedSongs {
  artistId: number;
  /** The songs that were compared with those that have a greater id. */
  ids: number[];
  found: AlikeSongs[];
  /** Absent while more of the artist's songs follow. */
  step?: JobStep;
}

/** Makes songs of an artist one of which recordings say so, puts those that may be one into review, and takes back what is not alike any more. */
export const noteAlikeSongs = command<NotedSongs, void>(async (tx, { input: { artistId, ids, found, step }, now }) => {
  const there = await songsThere(tx, [...new Set(found.flatMap(({ a, b }) => [a, b]))]);
  for (const pair of found.filter(({ verdict }) => verdict === "automatic")) await join(tx, pair, there, now);
  const asked = found.filter(({ a, b, verdict }) => verdict === "review" && there.has(a) && there.has(b));
  for (const { a, b, confidence, evidence } of asked) {
    await putMatch(tx, { kind: "song", subjectId: a, other: { otherId: b }, confidence, evidence, status: "review" }, now);
  }
  const [compared, alike] = [new Set(ids), new Set(asked.map(({ a, b }) => `${a} ${b}`))];
  const stale = (await openMatchesOfArtist(tx, "song", artistId)).filter(({ subjectId, otherId }) => compared.has(subjectId) && !alike.has(`${subjectId} ${otherId}`));
  await dropOpenMatches(tx, stale.map(({ id }) => id));
  if (step) await saveStep(tx, step, now);
});

async function join(tx: Transaction, { a, b }: AlikeSongs, there: Map<number, string>, now: number): Promise<void> {
  if (!there.has(a) || !there.has(b) || (await areKeptApart(tx, "song", a, b))) return;
  const [from, into] = await stayingLast(tx, a, b, there);
  await mergeInto(tx, { kind: "song", from, into, by: null }, now);
  there.delete(from);
}

/** Two songs, the one that stays last: that with more votes, with more that is of it, or with the shorter title, which came first or not. */
async function stayingLast(tx: Transaction, a: number, b: number, titles: Map<number, string>): Promise<[number, number]> {
  const [ofA, ofB] = [await weightOf(tx, "song", a), await weightOf(tx, "song", b)];
  const [titleA, titleB] = [titles.get(a)!, titles.get(b)!];
  const more = ofA.votes - ofB.votes || ofA.rows - ofB.rows || titleB.length - titleA.length || Number(titleA < titleB) - Number(titleB < titleA);
  return more > 0 ? [b, a] : [a, b];
}
