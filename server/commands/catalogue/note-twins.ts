import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { artistsByIdentity } from "#db/queries/identities.ts";
import { dropOpenMatches, matchesOf, matchesOfRecord, putMatch, turnIntoPair } from "#db/queries/matches.ts";
import type { MatchedRecord } from "#db/schema/matching.ts";
import type { Evidence } from "../../domain/matching/evidence.ts";
import type { ArtistRecord, Provider, ProviderId } from "../../domain/provider-records.ts";
import { saveStep, type JobStep } from "../job-queue.ts";

/** A provider's record that may be an artist of ours, and why. */
export interface FoundTwin {
  providerId: string;
  record: MatchedRecord;
  /** 0 to 1. */
  confidence: number;
  evidence: Evidence[];
}

export interface Twins {
  artistId: number;
  provider: Provider;
  /** All that a search has left to be looked at; others are taken back. */
  reviews: FoundTwin[];
}

/** Notes who else an artist may be at a provider, where nobody there is known to be it. */
export const noteTwins = command<Twins & { step: JobStep }, void>(async (tx, { input, now }) => {
  const { step, ...twins } = input;
  await putTwins(tx, twins, now);
  await saveStep(tx, step, now);
});

/** Puts what a search has found to be looked at into review; those that are artists of ours are compared as such. */
export async function putTwins(tx: Transaction, { artistId, provider, reviews }: Twins, now: number): Promise<void> {
  const taken = await artistsByIdentity(tx, reviews.map(({ providerId: id }) => ({ provider, id })));
  const ours = new Set(taken.filter(({ status }) => status !== "rejected").map(({ providerId }) => providerId));
  const open = reviews.filter(({ providerId }) => !ours.has(providerId));
  for (const { providerId: id, record, confidence, evidence } of open) {
    await putMatch(tx, { kind: "artist", subjectId: artistId, other: { provider, id, record }, confidence, evidence, status: "review" }, now);
  }
  const found = new Set(open.map(({ providerId }) => providerId));
  const before = (await matchesOf(tx, "artist", artistId)).filter((row) => row.provider === provider && row.status === "review" && row.subjectId === artistId);
  await dropOpenMatches(tx, before.filter(({ providerId }) => !found.has(providerId!)).map(({ id }) => id));
}

/** What was noted of ids that are an artist's now: of itself there is nothing left to ask, of others it is about two of ours. */
export async function settleRecords(tx: Transaction, artistId: number, ids: ProviderId[]): Promise<void> {
  for (const id of ids) {
    for (const row of await matchesOfRecord(tx, "artist", id)) {
      if (row.subjectId === artistId && row.status === "review") await dropOpenMatches(tx, [row.id]);
      if (row.subjectId !== artistId && (row.status === "review" || row.status === "rejected")) await turnIntoPair(tx, row, artistId);
    }
  }
}

/** A record that is tied to several of our artists by what is stated: a moderator is asked about each two of them. */
export const noteConflict = command<{ artistId: number | null; provider: Provider; record: ArtistRecord }, void>(async (tx, { input, now }) => {
  const { artistId, provider, record } = input;
  const tied = (await artistsByIdentity(tx, [{ provider, id: record.id }, ...record.sameAs])).filter(({ status }) => status !== "rejected");
  const evidence: Evidence[] = tied.map((identity) => ({ kind: "stated_id", provider: identity.provider, id: identity.providerId }));
  const ids = [...new Set([...(artistId === null ? [] : [artistId]), ...tied.map((identity) => identity.artistId)])];
  for (const [at, subjectId] of ids.entries()) {
    for (const otherId of ids.slice(at + 1)) await putMatch(tx, { kind: "artist", subjectId, other: { otherId }, confidence: CONTRADICTED, evidence, status: "review" }, now);
  }
});

/** Somebody states of one record that it is both: see `afterIds`. */
const CONTRADICTED = 0.9;
