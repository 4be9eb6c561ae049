import { type Calls, type FanScore, scoreFan, type StandingVote } from "../scoring/fan-score.ts";
import { type Role, ROLES } from "../scoring/played.ts";
import type { ExpectedSong } from "./expected-songs.ts";
import { type FrameSet, type FrameSong, keyFrom, type SetlistFrame } from "./setlist-frame.ts";

/** What one fan expected of a show. */
export interface FansBallot {
  votes: StandingVote[];
  calls: Calls;
}

/** An entry with what was expected of it. */
export interface ComparedEntry extends FrameSong {
  onBallot: boolean;
  /** Whether the song has been played before in the show: it counts once, at its first play. */
  again: boolean;
  /** `hit`: within the list's first N. */
  crowd: { rank: number; votes: number; hit: boolean } | null;
  forecast: { rank: number; chance: number; hit: boolean } | null;
  /** Whether the fan voted for it. */
  mine: boolean;
  /** The fan's calls that came true by it. */
  calls: Role[];
}

/** A call and what it has come to: its points, 0 for a miss. */
export interface ComparedCall {
  role: Role;
  songId: number;
  points: number;
}

export interface ComparedFan {
  /** Null while there are no scores. */
  score: FanScore | null;
  calls: ComparedCall[];
}

export interface Compared<E extends ExpectedSong = ExpectedSong> {
  sets: FrameSet<ComparedEntry>[];
  /** Every song that was expected, with whether it was played. */
  songs: (E & { played: boolean; mine: boolean })[];
  /** Null for whoever has no votes to compare. */
  fan: ComparedFan | null;
}

/** Holds what was expected against what was played; made on the server, and again in the browser with each new song. */
export function compare<E extends ExpectedSong>(frame: SetlistFrame | null, expected: readonly E[], fan: FansBallot | null): Compared<E> {
  const sets = frame?.sets ?? [];
  const voted = new Set(fan?.votes.map(({ songId }) => songId));
  const played = new Set(sets.flatMap(({ songs }) => songs).flatMap((song) => (counts(song) && song.songId !== null ? [song.songId] : [])));
  const calls = fan === null ? [] : callsOf(frame, fan.calls, voted);
  const byId = new Map(expected.map((song) => [song.songId, song]));
  const entry = entryIn(byId, { count: frame?.count ?? 0, voted, calls });
  return {
    sets: sets.map(({ songs, ...set }) => ({ ...set, songs: songs.map(entry) })),
    songs: expected.map((song) => ({ ...song, played: played.has(song.songId), mine: voted.has(song.songId) })),
    fan: fan && { score: frame?.worth ? scoreFan(keyFrom(frame.worth), fan.votes, fan.calls) : null, calls },
  };
}

/** Whether an entry is one that can be a hit. */
function counts({ kind }: FrameSong): boolean {
  return kind === "song" || kind === "jam";
}

interface Marks {
  count: number;
  voted: ReadonlySet<number>;
  calls: ComparedCall[];
}

function entryIn(expected: ReadonlyMap<number, ExpectedSong>, { count, voted, calls }: Marks): (song: FrameSong) => ComparedEntry {
  const seen = new Set<number>();
  return (song) => {
    const songId = counts(song) ? song.songId : null;
    const again = songId !== null && seen.has(songId);
    if (songId !== null) seen.add(songId);
    const known = songId === null || again ? undefined : expected.get(songId);
    const mine = known !== undefined && voted.has(known.songId);
    return {
      ...song,
      onBallot: known?.onBallot ?? false,
      again,
      crowd: known?.crowd ? { ...known.crowd, hit: known.crowd.rank <= count } : null,
      forecast: known?.forecast ? { ...known.forecast, hit: known.forecast.rank <= count } : null,
      mine,
      calls: mine ? calls.filter(({ songId, points }) => songId === known.songId && points > 0).map(({ role }) => role) : [],
    };
  };
}

function callsOf(frame: SetlistFrame | null, calls: Calls, voted: ReadonlySet<number>): ComparedCall[] {
  const worth = frame?.worth ? keyFrom(frame.worth).calls : null;
  return ROLES.flatMap((role) => {
    const songId = calls[role];
    if (songId === undefined) return [];
    return [{ role, songId, points: voted.has(songId) ? (worth?.[role].get(songId) ?? 0) : 0 }];
  });
}
