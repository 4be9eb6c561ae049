/** One fan's votes on a show, as fraud is looked for in them; instants in epoch ms. */
export interface Suspect {
  userId: number;
  /** Keyed hash of the network of the first vote; null where it is not known. */
  network: string | null;
  /** Whether the account was younger than YOUNG_MS at its first vote on the show. */
  young: boolean;
  /** From opening the account to the first vote on the show, in ms. */
  delay: number;
  firstCastAt: number;
  /** Whether the votes are out of the public tally already. */
  held: boolean;
  votes: { setlistSongId: number; castAt: number }[];
}

/** Fans counted, and those of them whose account was young. */
export interface Ages {
  fans: number;
  young: number;
}

/** The show around the suspects: everyone whose votes count, the suspects not held included. */
export interface Crowd extends Ages {
  networks: ReadonlyMap<string, Ages>;
  /** The ballot with its public tally. */
  songs: readonly { setlistSongId: number; position: number; votes: number }[];
}

/** How old an account may be at its first vote on a show and still be new. */
export const YOUNG_MS = 24 * 3_600_000;
/** Accounts below which nothing is called a pattern. */
export const MIN_ACCOUNTS = 8;

/** What makes one hand likely, with its figures; `strength` is 0 to 1. */
export type Signal =
  /** Of the fans from one network on this show, how many are new, against the share elsewhere (0 to 1). */
  | { kind: "network"; strength: number; young: number; fans: number; elsewhere: number }
  /** The same for the accounts of the case, whatever their networks. */
  | { kind: "new_accounts"; strength: number; young: number; fans: number; elsewhere: number }
  | { kind: "timing"; strength: number; pattern: TimingPattern; measured: number; of: number }
  /** The songs that the ballots share; `expected` fans would share them by chance. */
  | { kind: "ballots"; strength: number; songs: number[]; fans: number; expected: number; sameOrder: boolean };

/**
 * `gaps`: share of fans who vote by the metronome. `arrivals`, `sign_ups`: variation (0 is a
 * metronome, 1 chance) of the gaps between accounts, or from account to vote. `grid`: share of gaps
 * on whole multiples of a step. `speed`: share of ballots cast within a second.
 */
export type TimingPattern = "gaps" | "arrivals" | "sign_ups" | "grid" | "speed";
