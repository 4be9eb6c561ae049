import { fadeLift, noteGap } from "./gaps.ts";
import { type History, LONG, usualLength } from "./history.ts";
import { keepRecent, likeness } from "./look-alikes.ts";
import { dayOf, type PastShow } from "./setting.ts";
import { lastShow, newSong, notePlay, partOf, type SongPast } from "./song-past.ts";
import { noteMerits, standingsOf } from "./standings.ts";
import { arrive, noteVisit } from "./whereabouts.ts";

const LENGTHS_KEPT = 10;

/**
 * Adds the next show to a history, in time linear in the artist's songs. Shows come in the order of their dates; a
 * song that comes twice in a list counts once. A list without songs changes nothing, for nothing was learnt.
 */
export function addShow(history: History, show: PastShow): void {
  const played = new Map(show.songs.toReversed().map((song, i, all) => [song.songId, partOf(song, all.length - 1 - i, all.length)]));
  if (played.size === 0) return;
  const ids = new Set(show.songs.map(({ songId }) => songId));
  const day = dayOf(show.date);
  noteWhatWasExpected(history, ids);
  history.where = arrive(history.where, show, history.shows, day - history.lastDay);
  for (const songId of ids) notePlay(songIn(history, songId, day), history.shows, day, played.get(songId)!);
  noteVisit(history.where, history.shows, [...ids]);
  keepRecent(history.recent, ids);
  history.lengths.push(ids.size);
  if (history.lengths.length > LENGTHS_KEPT) history.lengths.shift();
  history.lastDay = day;
  history.shows += 1;
}

function noteWhatWasExpected(history: History, played: ReadonlySet<number>): void {
  if (history.shows === 0) return;
  const standings = standingsOf(history);
  noteMerits(history, standings, usualLength(history), played);
  fadeLift(history.lift);
  history.songs.forEach((song, i) => {
    noteGap(history.lift, history.shows - lastShow(song), standings.frequencies[LONG]![i]!, played.has(song.songId));
  });
  const same = likeness(history.recent[history.recent.length - 1]!, played);
  let debuts = 0;
  for (const id of played) if (!history.indexOf.has(id)) debuts += 1;
  const { sameness } = history;
  sameness.lately += (1 - 0.5 ** (1 / 8)) * (same - sameness.lately);
  sameness.long += (1 - 0.5 ** (1 / 60)) * (same - sameness.long);
  sameness.debuts += (1 - 0.5 ** (1 / 20)) * (debuts / played.size - sameness.debuts);
}

function songIn(history: History, songId: number, day: number): SongPast {
  const at = history.indexOf.get(songId);
  if (at !== undefined) return history.songs[at]!;
  history.indexOf.set(songId, history.songs.length);
  history.songs.push(newSong(songId, history.shows, day));
  return history.songs[history.songs.length - 1]!;
}
