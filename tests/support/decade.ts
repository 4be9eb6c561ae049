import * as demo from "#db/queries/demo.ts";
import { seededRandom } from "#server/domain/demo-votes.ts";
import { fold } from "#server/domain/fold.ts";
import { addDays } from "#server/domain/show-time.ts";
import { titles } from "./builders.ts";
import { buildFans } from "./fans.ts";
import type { TestDatabase } from "./test-database.ts";

/** A show of the history with all that is to happen at it. */
export interface DecadeShow {
  showId: number;
  localDate: string;
  startsAt: number;
  /** Each fan's setlist songs, in the order in which they are voted for, and calls among them. */
  ballots: { fan: number; votes: number[]; calls: [role: "opener" | "closer" | "encore", setlistSongId: number][] }[];
  /** Songs (ours by id, others by title) in order; the last two are encores. */
  played: (number | string)[];
  /** Whether the setlist comes long after the show. */
  late: boolean;
}

const ARTISTS = 3;
const SHOWS = 36;
const SONGS = 30;
const FANS = 32;
/** The share of the setlist that a fan knows; the others are drawn. Some are clever, some vote at random, some seldom come. */
const HABITS = [{ knows: 0.9, votes: 10, comes: 0.9 }, { knows: 0.6, votes: 8, comes: 0.7 }, { knows: 0.1, votes: 10, comes: 0.8 }, { knows: 0.5, votes: 3, comes: 0.3 }, { knows: 1, votes: 1, comes: 1 }];

/** Ten years of three artists with tours, setlists that change slowly, and fans with habits of their own; the same each time. */
export async function buildDecade(database: TestDatabase): Promise<DecadeShow[]> {
  const random = seededRandom(7);
  const fans = await buildFans(database, FANS);
  const shows: DecadeShow[] = [];
  for (let n = 1; n <= ARTISTS; n += 1) shows.push(...(await buildArtist(database, { n, fans, random })));
  return shows.sort((a, b) => a.startsAt - b.startsAt);
}

async function buildArtist(database: TestDatabase, { n, fans, random }: { n: number; fans: number[]; random: () => number }): Promise<DecadeShow[]> {
  const name = `The Decade ${n}`;
  const known = await database.change(async (tx) => {
    const [artist] = await demo.insertArtists(tx, [{ name, searchName: fold(name), slug: `decade-${n}` }]);
    const [venue] = await demo.insertVenues(tx, [{ name, slug: `hall-${n}`, city: "X", country: "DE", timeZone: "Europe/Berlin" }]);
    const songs = await demo.insertSongs(tx, titles(SONGS).map((title, i) => ({ artistId: artist!.id, title, searchTitle: fold(title), titleKey: fold(title), likelihoodRank: i })));
    return { artistId: artist!.id, venueId: venue!.id, songs: songs.map(({ id }) => id) };
  });
  let rotation = known.songs.slice(0, 15);
  const shows: DecadeShow[] = [];
  for (let i = 0; i < SHOWS; i += 1) {
    // A third of each show's songs are others than at the last one.
    rotation = shuffled(rotation, random).slice(0, 10).concat(shuffled(known.songs.filter((id) => !rotation.includes(id)), random).slice(0, 5));
    shows.push(await buildOne(database, { ...known, n, i, rotation: shuffled(rotation, random), fans, random }));
  }
  return shows;
}

interface One {
  artistId: number;
  venueId: number;
  songs: number[];
  n: number;
  i: number;
  rotation: number[];
  fans: number[];
  random: () => number;
}

async function buildOne(database: TestDatabase, { artistId, venueId, songs, n, i, rotation, fans, random }: One): Promise<DecadeShow> {
  const localDate = addDays("2027-01-01", i * 100 + n * 7);
  const startsAt = Date.parse(`${localDate}T19:00:00Z`);
  const tour = i % 7 === 0 ? null : `Tour ${Math.floor(i / 12)}`;
  const ballot = shuffled(songs, random).slice(0, 24);
  const placed = await database.change(async (tx) => {
    const [show] = await demo.insertShows(tx, [{ slug: `decade-${n}-${i}`, artistId, venueId, tour, localDate, startsAt, status: "upcoming" }]);
    await demo.insertPredictedSetlists(tx, [{ showId: show!.id, closesAt: startsAt, createdAt: 0 }]);
    return demo.insertSetlistSongs(tx, ballot.map((songId, place) => ({ showId: show!.id, songId, position: place + 1 })));
  });
  const placeOf = new Map(ballot.map((songId, place) => [songId, placed[place]!.id]));
  const ballots = fans.flatMap((fan, f) => ballotOf(fan, HABITS[f % HABITS.length]!, { rotation, ballot, random }, placeOf));
  const strangers = random() < 0.3 ? [`Somebody else's ${i}`] : [];
  return { showId: placed[0]!.showId, localDate, startsAt, ballots, played: [...strangers, ...rotation], late: random() < 0.3 };
}

function ballotOf(fan: number, habit: (typeof HABITS)[number], { rotation, ballot, random }: { rotation: number[]; ballot: number[]; random: () => number }, placeOf: Map<number, number>): DecadeShow["ballots"] {
  if (random() > habit.comes) return [];
  const [right, wrong] = [shuffled(ballot.filter((id) => rotation.includes(id)), random), shuffled(ballot.filter((id) => !rotation.includes(id)), random)];
  const sure = right.slice(0, Math.round(habit.votes * habit.knows));
  const votes = [...new Set([...sure, ...wrong.slice(0, habit.votes - sure.length)])].map((id) => placeOf.get(id)!);
  const calls = votes.length < 3 ? [] : ([["opener", votes[0]!], ["closer", votes[1]!], ["encore", placeOf.get(rotation.at(-1)!) ?? votes[2]!]] as const).filter(([, song]) => votes.includes(song));
  return [{ fan, votes, calls: calls.map(([role, song]) => [role, song]) }];
}

/** The same in another order. */
export function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all.map((value) => ({ value, key: random() })).sort((a, b) => a.key - b.key).map(({ value }) => value);
}
