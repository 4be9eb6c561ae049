import type { Transaction } from "#db/client.ts";
import { songsToCompare } from "#db/queries/match-nights.ts";
import { dropUnmatched, playedUnmatched, putUnmatched, unmatchedOfArtist, type NewUnmatched, type UnmatchedRow } from "#db/queries/unmatched-titles.ts";
import { readTitle } from "../../domain/catalogue/titles.ts";
import { entryKind } from "../../domain/setlists/entries.ts";
import { suggestSongs } from "../../domain/setlists/suggest-song.ts";
import type { SetLines } from "../../domain/setlists/written-down.ts";

interface Change {
  before: readonly SetLines[];
  after: readonly SetLines[];
}

/** Brings an artist's list of unmatched titles up to date where one account of a show has others than before: only what is said of these. */
export async function noteUnmatched(tx: Transaction, artistId: number, { before, after }: Change): Promise<void> {
  const [was, is] = [unmatchedIn(before), unmatchedIn(after)];
  const changed = [...[...was].filter((key) => !is.has(key)), ...[...is].filter((key) => !was.has(key))];
  if (changed.length > 0) await refresh(tx, artistId, changed);
}

function unmatchedIn(sets: readonly SetLines[]): Set<string> {
  const songs = sets.flatMap((set) => set.songs);
  return new Set(songs.flatMap(({ title, songId, tape }) => (songId === null && !tape ? [readTitle(title).key] : [])));
}

/**
 * Brings an artist's list of unmatched titles up to date: reads all that it has played, once. Jams and talk by their words
 * alone are none. What was decided of a title stays, also while nobody plays it.
 */
export function refreshUnmatched(tx: Transaction, artistId: number): Promise<void> {
  return refresh(tx, artistId, null);
}

async function refresh(tx: Transaction, artistId: number, titleKeys: readonly string[] | null): Promise<void> {
  const played = (await playedUnmatched(tx, artistId, titleKeys)).filter(({ title }) => entryKind({ title, songId: null, tape: false }) === "song");
  const noted = new Map((await unmatchedOfArtist(tx, artistId, titleKeys)).map((row) => [row.titleKey, row]));
  const there = new Set(played.map(({ titleKey }) => titleKey));
  await dropUnmatched(tx, artistId, [...noted.values()].flatMap(({ titleKey, status }) => (there.has(titleKey) || status !== "open" ? [] : [titleKey])));
  const changed = played.filter((title) => !isNoted(title, noted.get(title.titleKey)));
  if (changed.length === 0) return;
  const suggested = suggestSongs(changed.map(({ title }) => title), await songsToCompare(tx, artistId));
  await putUnmatched(tx, artistId, changed.map((one): NewUnmatched => {
    const { songId = null, confidence = null } = suggested.get(one.title) ?? {};
    return { ...one, suggestedSongId: songId, confidence };
  }));
}

function isNoted({ title, coverOf, times, lastPlayedOn }: Pick<UnmatchedRow, "title" | "coverOf" | "times" | "lastPlayedOn">, noted: UnmatchedRow | undefined): boolean {
  return noted !== undefined && noted.title === title && noted.coverOf === coverOf && noted.times === times && noted.lastPlayedOn === lastPlayedOn;
}
