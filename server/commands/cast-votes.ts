import { bulkCommand, type BulkCommand, type Call } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { insertVotes, voteFacts, type TallyChange, type VoteFactsRow, type VoteRow } from "#db/queries/votes.ts";
import type { Authorized } from "../auth/actor.ts";
import {
  allowanceLeft,
  decideVotes,
  utcDay,
  type Allowance,
  type RefusalReason,
  type VoteVerdict,
} from "../domain/voting.ts";
import { hashNetworks } from "./quarantine-networks.ts";

export interface VoteRequest {
  fan: Authorized<"vote">;
  setlistSongId: number;
  /** The address or /64 that the vote comes from; kept as a keyed hash, with a fan's first vote on a show. */
  network?: string | null;
}

/** What became of a vote; counters and allowance are those after its commit. */
export type VoteOutcome =
  | {
      verdict: "counted" | "retracted";
      votes: number;
      tallyVersion: number;
      allowance: Allowance;
      /** There where the fan's votes on this show are being checked and do not count in the tally yet. */
      held?: true;
    }
  | { verdict: "refused"; reason: RefusalReason };

/**
 * Counts votes, or says why not. Leaves one `tally.changed` event for each show touched. Networks are
 * hashed under `networkKey`.
 */
export function castVotes(networkKey: string): BulkCommand<VoteRequest, VoteOutcome> {
  return bulkCommand((tx, calls) => cast(tx, calls, networkKey));
}

async function cast(tx: Transaction, calls: readonly Call<VoteRequest>[], networkKey: string): Promise<VoteOutcome[]> {
  const inputs = calls.map(({ input, now }) => ({
    userId: input.fan.userId,
    setlistSongId: input.setlistSongId,
    now,
  }));
  const facts = await voteFacts(tx, inputs.map((input) => ({ ...input, day: utcDay(input.now) })));
  const verdicts = decideVotes(facts.map(withAlreadyVoted), inputs);
  const rows = inputs.flatMap((input, i): VoteRow[] => {
    const verdict = verdicts[i]!;
    if (verdict.verdict === "refused") return [];
    const { showId, day } = verdict;
    const { held, first } = facts[i]!;
    const network = first ? (calls[i]!.input.network ?? null) : null;
    return [{ userId: input.userId, setlistSongId: input.setlistSongId, showId, day, castAt: input.now, held, network }];
  });
  if (rows.length === 0) return verdicts.map(refused);
  const change = await insertVotes(tx, withHashes(networkKey, rows));
  await announceTallies(tx, change, calls[0]!.now);
  const moved = movedBy(rows);
  return verdicts.map((verdict, i) =>
    verdict.verdict === "refused" ? verdict : counted(facts[i]!, inputs[i]!, change, moved),
  );
}

/** How many votes a batch moved for each fan, by show and by day. */
export interface Moved {
  inShow(userId: number, showId: number): number;
  onDay(userId: number, day: number): number;
}

export function movedBy(rows: readonly VoteRow[]): Moved {
  const counts = new Map<string, number>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { userId, showId, day } of rows) {
    add(`show ${userId} ${showId}`);
    add(`day ${userId} ${day}`);
  }
  return {
    inShow: (userId, showId) => counts.get(`show ${userId} ${showId}`) ?? 0,
    onDay: (userId, day) => counts.get(`day ${userId} ${day}`) ?? 0,
  };
}

function withHashes(networkKey: string, rows: VoteRow[]): VoteRow[] {
  const hashes = hashNetworks(networkKey, rows.map(({ showId, network = null }) => ({ showId, network })));
  return rows.map((row, i) => ({ ...row, network: hashes[i]! }));
}

function withAlreadyVoted(fact: VoteFactsRow | null) {
  return fact && { ...fact, alreadyVoted: fact.voted };
}

function refused(verdict: VoteVerdict): VoteOutcome {
  if (verdict.verdict === "counted") throw new Error("A counted vote was not written");
  return verdict;
}

function counted(
  fact: VoteFactsRow,
  { userId, setlistSongId, now }: { userId: number; setlistSongId: number; now: number },
  change: TallyChange,
  moved: Moved,
): VoteOutcome {
  const used = {
    showVotes: fact.showVotes + moved.inShow(userId, fact.showId),
    dayVotes: fact.dayVotes + moved.onDay(userId, utcDay(now)),
    additions: fact.additions,
  };
  return { verdict: "counted", ...standing(fact, setlistSongId, change), allowance: allowanceLeft(used, now) };
}

/** A song's tally after a batch, which may have moved nothing of it where votes are held. */
export function standing(
  fact: VoteFactsRow,
  setlistSongId: number,
  { votes, versions }: TallyChange,
): { votes: number; tallyVersion: number; held?: true } {
  return {
    votes: votes.get(setlistSongId) ?? fact.songVotes,
    tallyVersion: versions.get(fact.showId) ?? fact.tallyVersion,
    ...(fact.held && { held: true }),
  };
}

/** One event a show, however many of its votes the batch moved. */
export async function announceTallies(tx: Transaction, change: TallyChange, at: number): Promise<void> {
  const shows = [...change.versions];
  await appendEvents(
    tx,
    at,
    shows.map(([showId, version]) => ({ kind: "tally.changed", showId, payload: { version } })),
  );
}
