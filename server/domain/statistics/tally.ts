import type { PastShow } from "../forecast/setting.ts";
import { type Part, partOf } from "../forecast/song-past.ts";
import type { ArtistStatistics, LengthFigures, PeriodFigures } from "./statistics.ts";

/** Songs a list tells of. */
const LISTED = 20;
/** Played at so few shows a song is rare. */
const RARE = 2;
/** Of a song with fewer plays a gap says little. */
const PLAYS_FOR_GAP = 3;
/** From so many months on, years are told. */
const MOST_MONTHS = 24;

interface SongTally {
  songId: number;
  plays: number;
  firstOn: string;
  lastOn: string;
  lastShow: number;
  longest: number | null;
  opened: number;
  closed: number;
  encores: number;
}

/** What shows have come to so far. `addTo` changes it. */
export interface Tally {
  songs: Map<number, SongTally>;
  lengths: number[];
  firstOn: string;
  lastOn: string;
  months: Map<string, { lengths: number; shows: number; songs: Set<number> }>;
}

export function newTally(): Tally {
  return { songs: new Map(), lengths: [], firstOn: "", lastOn: "", months: new Map() };
}

/** Adds the next show, in the order of dates. One without songs adds nothing. */
export function addTo(tally: Tally, { date, songs }: PastShow): void {
  const parts = new Map(songs.toReversed().map((song, i) => [song.songId, partOf(song, songs.length - 1 - i, songs.length)]));
  if (parts.size === 0) return;
  const closer = songs[songs.length - 1]!.songId;
  for (const [songId, part] of parts) addPlay(tally, songId, { ...part, closes: songId === closer }, date);
  if (tally.lengths.length === 0) tally.firstOn = date;
  tally.lastOn = date;
  tally.lengths.push(parts.size);
  const month = tally.months.get(date.slice(0, 7)) ?? { lengths: 0, shows: 0, songs: new Set() };
  month.lengths += parts.size;
  month.shows += 1;
  for (const songId of parts.keys()) month.songs.add(songId);
  tally.months.set(date.slice(0, 7), month);
}

function addPlay(tally: Tally, songId: number, { opens, closes, encore }: Part, date: string): void {
  const at = tally.lengths.length;
  const song = tally.songs.get(songId) ?? { songId, plays: 0, firstOn: date, lastOn: date, lastShow: at, longest: null, opened: 0, closed: 0, encores: 0 };
  if (song.plays > 0) song.longest = Math.max(song.longest ?? 0, at - song.lastShow - 1);
  song.plays += 1;
  song.lastOn = date;
  song.lastShow = at;
  song.opened += Number(opens);
  song.closed += Number(closes);
  song.encores += Number(encore);
  tally.songs.set(songId, song);
}

/** The figures of a tally; null of no show. */
export function figuresOf({ songs, lengths, firstOn, lastOn, months }: Tally): ArtistStatistics | null {
  if (lengths.length === 0) return null;
  const all = [...songs.values()];
  const role = (count: (song: SongTally) => number) =>
    first(all.filter((song) => count(song) > 0), (a, b) => count(b) - count(a)).map((song) => ({ songId: song.songId, times: count(song), plays: song.plays }));
  const named = ({ songId, plays, firstOn: from, lastOn: to }: SongTally) => ({ songId, plays, firstOn: from, lastOn: to });
  const rare = all.filter(({ plays }) => plays <= RARE);
  const away = ({ lastShow }: SongTally) => lengths.length - 1 - lastShow;
  const gone = all.filter((song) => song.plays >= PLAYS_FOR_GAP && away(song) > 0);
  return {
    shows: lengths.length, songs: songs.size, firstOn, lastOn, length: lengthsOf(lengths),
    mostPlayed: first(all, (a, b) => b.plays - a.plays).map(named),
    rarities: first(rare, (a, b) => (a.lastOn < b.lastOn ? 1 : a.lastOn > b.lastOn ? -1 : 0)).map(named),
    rare: rare.length,
    openers: role((song) => song.opened), closers: role((song) => song.closed), encores: role((song) => song.encores),
    gaps: first(gone, (a, b) => away(b) - away(a)).map((song) => ({ songId: song.songId, plays: song.plays, lastOn: song.lastOn, away: away(song), longest: song.longest })),
    over: periodsOf(months),
  };
}

/** The first of a list in an order; equals by their id. */
function first(songs: readonly SongTally[], order: (a: SongTally, b: SongTally) => number): SongTally[] {
  return songs.toSorted((a, b) => order(a, b) || a.songId - b.songId).slice(0, LISTED);
}

function lengthsOf(lengths: readonly number[]): LengthFigures {
  const sorted = lengths.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
  return { mean: meanOf(lengths.reduce((sum, length) => sum + length, 0), lengths.length), median, shortest: sorted[0]!, longest: sorted[sorted.length - 1]! };
}

function periodsOf(months: Tally["months"]): PeriodFigures[] {
  const letters = months.size > 0 && monthsBetween([...months.keys()]) > MOST_MONTHS ? 4 : 7;
  const groups = Map.groupBy(months, ([month]) => month.slice(0, letters));
  return [...groups].map(([period, of]) => {
    const shows = of.reduce((sum, [, month]) => sum + month.shows, 0);
    const songs = new Set(of.flatMap(([, month]) => [...month.songs]));
    return { period, shows, meanLength: meanOf(of.reduce((sum, [, month]) => sum + month.lengths, 0), shows), songs: songs.size };
  });
}

/** From the first month to the last, both counted; months in order. */
function monthsBetween(months: readonly string[]): number {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return number(months[months.length - 1]!) - number(months[0]!) + 1;
}

/** To two decimals. */
function meanOf(sum: number, count: number): number {
  return Number((sum / count).toFixed(2));
}
