import type { SongChance } from "#server/domain/scoring/chances.ts";
import type { Calls } from "#server/domain/scoring/fan-score.ts";
import { keyOf, playedOf, song, unknown } from "./stage.ts";

/** The show that docs/scoring.md works through: titles by song id, chances before the close, tally, what was played. */
export const titles = [
  "Harbour Lights", "Lanterns", "Paper Boat", "Northbound", "Cold Tea", "Ferry Home", "Second Street", "Old Maps", "Driftwood", "Glass", "Winter Coat", "Rare One",
];
const played = [0.95, 0.92, 0.9, 0.85, 0.8, 0.7, 0.5, 0.35, 0.2, 0.1, 0.05, 0.01];
const opener = [0.7, 0.1, 0.02, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05];
const closer = [0.02, 0.05, 0.6, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05];
const encore = [0.02, 0.1, 0.9, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.25, 0.1, 0.1];
export const votes = [31, 30, 24, 20, 22, 25, 12, 5, 14, 9, 1, 0];

/** Fans who voted at the show. */
export const FANS = 40;

export const chances: SongChance[] = played.map((chance, i) => ({
  songId: i + 1, played: chance, roles: { opener: opener[i]!, closer: closer[i]!, encore: encore[i]! },
}));
export const tally = votes.map((count, i) => ({ songId: i + 1, votes: count, position: i + 1 }));

export const entries = [
  song(90, { kind: "tape" }), song(1), song(2), song(4), unknown("somebody else's"), song(5), song(7), song(9), song(1),
  song(10, { encore: true }), song(3, { encore: true }),
];
export const setlist = playedOf(entries);
export const key = keyOf({ status: "completed", votingOpen: false, entries, ballot: chances.map(({ songId }) => songId), chances });

/** Songs of the artist's three shows before, newest first. */
export const lastShows = [[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 6, 8, 11], [1, 2, 3, 5, 6]];

export const fans: Record<string, { songs: number[]; calls?: Calls }> = {
  Ada: { songs: [1, 2, 3, 4, 5, 6] },
  Ben: { songs: [8, 9, 10, 11] },
  Cleo: { songs: [1] },
  Dan: { songs: [1, 3, 9, 10], calls: { opener: 1, closer: 3, encore: 9 } },
};
