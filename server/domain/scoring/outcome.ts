import type { PlayedSong } from "../forecast/setting.ts";
import { type SetlistAccount, type SetlistStatus, accountThatCounts } from "../setlists/accounts.ts";
import { entriesOf, type WrittenSong } from "../setlists/entries.ts";
import { type BallotWindow, votingAt } from "../voting.ts";
import { chancesFromShows, type SongChance } from "./chances.ts";
import { type CrowdScore, scoreCrowd } from "./crowd-score.ts";
import type { BallotTally } from "./expectations.ts";
import { scoringOf, type ShowScoring } from "./show-key.ts";

/** One source's account of a show, with its songs in order. */
export interface WrittenSetlist extends SetlistAccount {
  version: string;
  status: SetlistStatus;
  entries: readonly WrittenSong[];
}

/** All that a show's scores follow from. */
export interface OutcomeFacts {
  show: BallotWindow;
  setlists: readonly WrittenSetlist[];
  ballot: readonly BallotTally[];
  /** Fans whose votes count at the show. */
  fans: number;
  /** Null where none were kept: base rates of the shows before then stand in. */
  chances: { kind: "forecast" | "base"; songs: readonly SongChance[] } | null;
  /** All accounts of what the artist played at the shows before, newest first. */
  lastShows: readonly (readonly WrittenSetlist[])[];
}

/** How a show went: what each vote is worth, and how the crowd and the forecast did. */
export interface Outcome {
  /** The setlist that counts. */
  setlist: WrittenSetlist;
  scoring: ShowScoring;
  chances: readonly SongChance[];
  /** Null where there are no scores. */
  crowd: CrowdScore | null;
}

/** The outcome of a show as it is known now; null where nothing of what was played is. */
export function outcomeOf(facts: OutcomeFacts, now: number): Outcome | null {
  const setlist = accountThatCounts(facts.setlists);
  if (setlist === null) return null;
  const ballot = facts.ballot.map(({ songId }) => songId);
  const lastShows = facts.lastShows.map((accounts) => songsIn(accountThatCounts(accounts)));
  const chances = facts.chances?.songs ?? baseChances(facts);
  const votingOpen = votingAt(facts.show, now).open;
  const scoring = scoringOf({ status: facts.show.status, votingOpen, entries: entriesOf(setlist.entries), ballot, chances });
  if (scoring.verdict === "none") return { setlist, scoring, chances, crowd: null };
  const forecast = facts.chances?.kind === "forecast";
  const before = lastShows.map((songs) => songs.map(({ songId }) => songId));
  const crowd = scoreCrowd(scoring.key.played, { ballot: facts.ballot, fans: facts.fans, chances, forecast, lastShows: before });
  return { setlist, scoring, chances, crowd };
}

/** The chances of the songs of the ballot by the artist's shows before. */
export function baseChances({ ballot, lastShows }: Pick<OutcomeFacts, "ballot" | "lastShows">): SongChance[] {
  return chancesFromShows(ballot.map(({ songId }) => songId), lastShows.map((accounts) => songsIn(accountThatCounts(accounts))));
}

function songsIn(setlist: WrittenSetlist | null): PlayedSong[] {
  return (setlist?.entries ?? []).flatMap(({ songId, tape, encore }) => (songId === null || tape ? [] : [{ songId, encore }]));
}
