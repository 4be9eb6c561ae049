import fc from "fast-check";
import type { SongChance } from "#server/domain/scoring/chances.ts";
import type { StandingVote } from "#server/domain/scoring/fan-score.ts";
import type { FanResult } from "#server/domain/scoring/leaderboard.ts";
import type { Played, PlayedEntry } from "#server/domain/scoring/played.ts";
import { readPlayed } from "#server/domain/scoring/played.ts";
import { type FinishedShow, scoringOf, type ShowKey } from "#server/domain/scoring/show-key.ts";

/** One of our songs as it was played. */
export const song = (songId: number, told: Partial<PlayedEntry> = {}): PlayedEntry => ({
  kind: "song", songId, titleKey: `song ${songId}`, encore: false, ...told,
});

/** A title that matches none of our songs. */
export const unknown = (titleKey: string, told: Partial<PlayedEntry> = {}): PlayedEntry => ({
  kind: "song", songId: null, titleKey, encore: false, ...told,
});

export const chance = (songId: number, played: number): SongChance => ({
  songId, played, roles: { opener: 0.5, closer: 0.25, encore: 0.125 },
});

/** A show that was played, with these chances by song id; all songs with a chance are on the ballot. */
export const finished = (chances: Record<number, number>, entries: PlayedEntry[], told: Partial<FinishedShow> = {}): FinishedShow => ({
  status: "completed", votingOpen: false, entries,
  ballot: Object.keys(chances).map(Number),
  chances: Object.entries(chances).map(([id, played]) => chance(Number(id), played)), ...told,
});

/** The key of a show that has one. */
export function keyOf(show: FinishedShow): ShowKey {
  const scoring = scoringOf(show);
  if (scoring.verdict === "none") throw new Error(`The show has no scores: ${scoring.reason}.`);
  return scoring.key;
}

/** What was played, where something was. */
export function playedOf(entries: PlayedEntry[]): Played {
  const played = readPlayed(entries);
  if (played === null) throw new Error("Nothing was played.");
  return played;
}

export const votesFor = (...songIds: number[]): StandingVote[] => songIds.map((songId, i) => ({ songId, castAt: 1_000 + i }));

export const result = (told: Partial<FanResult> = {}): FanResult => ({
  showId: 1, artistId: 1, tour: null, localDate: "2026-06-13",
  votes: 10, hits: 5, points: 40, callHits: 0, callPoints: 0, share: 4_000, lastVoteAt: 1_000, ...told,
});

export const probability = fc.double({ min: 0, max: 1, noNaN: true });

const SONGS = 25;

/** Shows of up to 25 songs on the ballot, with tapes, jams, repeats and titles that match none. */
export const shows = fc
  .record({
    chances: fc.array(probability, { minLength: 1, maxLength: SONGS }),
    entries: fc.array(
      fc.record({
        kind: fc.constantFrom<PlayedEntry["kind"][]>("song", "song", "song", "tape", "jam", "talk"),
        songId: fc.option(fc.integer({ min: 1, max: SONGS + 3 })),
        encore: fc.boolean(),
      }),
      { minLength: 1, maxLength: 30 },
    ),
  })
  .map(({ chances, entries }) =>
    finished(
      Object.fromEntries(chances.map((played, i) => [i + 1, played])),
      [song(1), ...entries.map((entry, i) => ({ ...entry, titleKey: `title ${i % 4}` }))],
    ),
  );

/** Up to ten different songs, on the ballot or not. */
export const ballots = fc.uniqueArray(fc.integer({ min: 1, max: SONGS + 3 }), { maxLength: 10 });
