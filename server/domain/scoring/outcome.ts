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

/** What was said of a show's songs before it was played. */
export interface SaidBefore {
  chances: readonly SongChance[];
  /** Whether the chances are a forecast's, and not base rates for want of one. */
  forecast: boolean;
  /** Songs of the artist's shows before this one, newest first. */
  lastShows: readonly (readonly number[])[];
}

export function saidBefore({ ballot, chances, lastShows }: OutcomeFacts): SaidBefore {
  const shows = lastShows.map((accounts) => songsIn(accountThatCounts(accounts)));
  return {
    chances: chances?.songs ?? chancesFromShows(ballot.map(({ songId }) => songId), shows),
    forecast: chances?.kind === "forecast",
    lastShows: shows.map((songs) => songs.map(({ songId }) => songId)),
  };
}

/** The outcome of a show as it is known now; null where nothing of what was played is. */
export function outcomeOf(facts: OutcomeFacts, now: number): Outcome | null {
  const setlist = accountThatCounts(facts.setlists);
  if (setlist === null) return null;
  const said = saidBefore(facts);
  const ballot = facts.ballot.map(({ songId }) => songId);
  const votingOpen = votingAt(facts.show, now).open;
  const scoring = scoringOf({ status: facts.show.status, votingOpen, entries: entriesOf(setlist.entries), ballot, chances: said.chances });
  const crowd = scoring.verdict === "none" ? null : scoreCrowd(scoring.key.played, { ballot: facts.ballot, fans: facts.fans, ...said });
  return { setlist, scoring, chances: said.chances, crowd };
}

function songsIn(setlist: WrittenSetlist | null): PlayedSong[] {
  return (setlist?.entries ?? []).flatMap(({ songId, tape, encore }) => (songId === null || tape ? [] : [{ songId, encore }]));
}
