/** Votes a fan has for one show. Taking a vote back returns it. */
export const VOTES_PER_SHOW = 10;
/** Votes a fan has in one UTC day. Taking a vote back does not return it. */
export const VOTES_PER_DAY = 50;
/** Songs a fan may add to one show's ballot. */
export const ADDITIONS_PER_SHOW = 5;

export const DAY_MS = 86_400_000;

/** `postponed`: its date was taken back and no new one is known. */
export type ShowStatus = "upcoming" | "ongoing" | "completed" | "cancelled" | "postponed";

/** Why a vote, or taking one back, was refused. */
export type RefusalReason =
  | "not_found"
  | "voting_closed"
  | "already_voted"
  | "show_limit"
  | "day_limit"
  | "not_voted";

export type ClosedReason = "locked" | "closed" | "cancelled" | "postponed";

/** What decides whether a ballot takes votes; instants in epoch milliseconds. */
export interface BallotWindow {
  status: ShowStatus;
  closesAt: number;
  locked: boolean;
}

export interface Voting {
  open: boolean;
  closesAt: number;
  reason: ClosedReason | null;
}

/** Whether a ballot takes votes at an instant. The close itself is already too late. */
export function votingAt(ballot: BallotWindow, now: number): Voting {
  const reason = closedReason(ballot, now);
  return { open: reason === null, closesAt: ballot.closesAt, reason };
}

function closedReason(ballot: BallotWindow, now: number): ClosedReason | null {
  if (ballot.status === "cancelled" || ballot.status === "postponed") return ballot.status;
  if (ballot.status === "completed" || now >= ballot.closesAt) return "closed";
  return ballot.locked ? "locked" : null;
}

/** The UTC day of an instant as days since 1970-01-01. */
export function utcDay(now: number): number {
  return Math.floor(now / DAY_MS);
}

/** The instant (epoch ms) at which the day's votes are whole again. */
export function dayResetsAt(now: number): number {
  return (utcDay(now) + 1) * DAY_MS;
}

export interface VoteInput {
  userId: number;
  setlistSongId: number;
  /** When the vote arrived, epoch ms. */
  now: number;
}

/** What the database says of one input before any vote of the batch is counted. */
export interface VoteFacts {
  showId: number;
  ballot: BallotWindow;
  alreadyVoted: boolean;
  showVotes: number;
  dayVotes: number;
}

export type VoteVerdict =
  | { verdict: "counted"; showId: number; day: number }
  | { verdict: "refused"; reason: RefusalReason };

/**
 * Decides a batch of votes in order; each counted vote uses up its fan's allowance for the next.
 * `facts[i]` belongs to `inputs[i]` and is null where the setlist song does not exist.
 */
export function decideVotes(
  facts: readonly (VoteFacts | null)[],
  inputs: readonly VoteInput[],
): VoteVerdict[] {
  const used = new UsedUp();
  return inputs.map((input, i) => {
    const fact = facts[i] ?? null;
    const reason = refusal(fact, input, used);
    if (reason !== null || fact === null) return { verdict: "refused", reason: reason ?? "not_found" };
    used.count(fact, input);
    return { verdict: "counted", showId: fact.showId, day: utcDay(input.now) };
  });
}

function refusal(fact: VoteFacts | null, input: VoteInput, used: UsedUp): RefusalReason | null {
  if (fact === null) return "not_found";
  if (!votingAt(fact.ballot, input.now).open) return "voting_closed";
  if (fact.alreadyVoted || used.song(input)) return "already_voted";
  if (fact.showVotes + used.show(fact, input) >= VOTES_PER_SHOW) return "show_limit";
  if (fact.dayVotes + used.day(input) >= VOTES_PER_DAY) return "day_limit";
  return null;
}

/** Allowance that earlier votes of the same batch have taken. */
class UsedUp {
  readonly #counts = new Map<string, number>();

  #get(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
  song(input: VoteInput): boolean {
    return this.#get(`song ${input.userId} ${input.setlistSongId}`) > 0;
  }
  show(fact: VoteFacts, input: VoteInput): number {
    return this.#get(`show ${input.userId} ${fact.showId}`);
  }
  day(input: VoteInput): number {
    return this.#get(`day ${input.userId} ${utcDay(input.now)}`);
  }
  count(fact: VoteFacts, input: VoteInput): void {
    const keys = [
      `song ${input.userId} ${input.setlistSongId}`,
      `show ${input.userId} ${fact.showId}`,
      `day ${input.userId} ${utcDay(input.now)}`,
    ];
    for (const key of keys) this.#counts.set(key, this.#get(key) + 1);
  }
}

export type RetractionFacts = Pick<VoteFacts, "showId" | "ballot"> & { voted: boolean };

export type RetractionVerdict =
  | { verdict: "retracted"; showId: number }
  | { verdict: "refused"; reason: RefusalReason };

/** Decides a batch of retractions in order; the same vote is taken back once. */
export function decideRetractions(
  facts: readonly (RetractionFacts | null)[],
  inputs: readonly VoteInput[],
): RetractionVerdict[] {
  const taken = new Set<string>();
  return inputs.map((input, i) => {
    const fact = facts[i];
    if (!fact) return { verdict: "refused", reason: "not_found" };
    if (!votingAt(fact.ballot, input.now).open) return { verdict: "refused", reason: "voting_closed" };
    const key = `${input.userId} ${input.setlistSongId}`;
    if (!fact.voted || taken.has(key)) return { verdict: "refused", reason: "not_voted" };
    taken.add(key);
    return { verdict: "retracted", showId: fact.showId };
  });
}

/** Why adding a song to a ballot was refused. */
export type AdditionRefusal = "voting_closed" | "already_on_ballot" | "addition_limit" | "not_found";

/** Decides one addition; `onBallot` and `additions` are what the database says now. */
export function decideAddition(
  ballot: BallotWindow,
  facts: { sameArtist: boolean; onBallot: boolean; additions: number },
  now: number,
): AdditionRefusal | null {
  if (!votingAt(ballot, now).open) return "voting_closed";
  if (!facts.sameArtist) return "not_found";
  if (facts.onBallot) return "already_on_ballot";
  return facts.additions >= ADDITIONS_PER_SHOW ? "addition_limit" : null;
}

const REFUSALS: Record<RefusalReason | AdditionRefusal, string> = {
  not_found: "This song is not on the ballot.",
  voting_closed: "Voting for this show is closed.",
  already_voted: "You have already voted for this song.",
  not_voted: "You have not voted for this song.",
  show_limit: `You have used your ${VOTES_PER_SHOW} votes for this show. Take one back to vote for another.`,
  day_limit: `You have used your ${VOTES_PER_DAY} votes for today. They come back at midnight UTC.`,
  already_on_ballot: "This song is already on the ballot.",
  addition_limit: `You have added ${ADDITIONS_PER_SHOW} songs to this show, which is the most a fan can add.`,
};

/** The sentence a fan reads when refused. */
export function refusalMessage(reason: RefusalReason | AdditionRefusal): string {
  return REFUSALS[reason];
}

/** What a fan has left; `dayResetsAt` in epoch milliseconds. */
export interface Allowance {
  show: number;
  day: number;
  additions: number;
  dayResetsAt: number;
}

export function allowanceLeft(
  used: { showVotes: number; dayVotes: number; additions: number },
  now: number,
): Allowance {
  return {
    show: VOTES_PER_SHOW - used.showVotes,
    day: VOTES_PER_DAY - used.dayVotes,
    additions: ADDITIONS_PER_SHOW - used.additions,
    dayResetsAt: dayResetsAt(now),
  };
}
