import { artistsNamed, nightsOn } from "#db/queries/recorded-setlists.ts";
import { showDetails } from "#db/queries/shows.ts";
import { songsNamed } from "#db/queries/song-rows.ts";
import { fold } from "../domain/fold.ts";
import { arrivalOf } from "../domain/setlists/arrival.ts";
import { keysOfLines, matchLines } from "../domain/setlists/match-lines.ts";
import type { FileSetlist } from "../domain/setlists/setlist-file.ts";
import { MOST_SONGS } from "../domain/setlists/written-down.ts";
import type { Reader } from "./reader.ts";

/** The show that a setlist of a file is of, or why it is of none. */
export type Night = { showId: number; songs: number; unmatched: string[] } | { problem: string };

/** Finds the show of a setlist: by artist and date, and by the venue where there are several. */
export async function nightOf(reader: Reader, setlist: FileSetlist, now: number): Promise<Night> {
  const { artist: name, localDate, venue } = setlist;
  const artists = await artistsNamed(reader, { slug: name, folded: fold(name) });
  const artist = artists.find(({ slug }) => slug === name) ?? artists[0];
  if (!artist) return { problem: `There is no artist "${name}" here. Import the artist first, or give the name as it is written here.` };
  if (artists.length > 1 && artist.slug !== name) return { problem: `Several artists are called "${name}". Give one of ${artists.map(({ slug }) => slug).join(", ")} instead.` };
  const nights = await nightsOn(reader, artist.id, localDate);
  const there = nights.length > 1 ? nights.filter((night) => fold(night.venue) === fold(venue) || night.venueSlug === venue) : nights;
  const [night] = there;
  if (there.length === 1 && night) return checked(reader, { id: night.id, artistId: artist.id }, setlist, now);
  if (nights.length === 0) return { problem: `There is no show of ${artist.name} on ${localDate} here. Is the date right? It is the date at the venue.` };
  return { problem: `${artist.name} has several shows on ${localDate}. Give under venue which one: ${nights.map((one) => one.venue).join("; ")}.` };
}

/** What the show itself says against it, and what its titles match. */
async function checked(reader: Reader, { id, artistId }: { id: number; artistId: number }, { sets }: FileSetlist, now: number): Promise<Night> {
  const show = (await showDetails(reader, id))!;
  if (show.status === "cancelled" || show.status === "postponed") return { problem: `The show is marked as ${show.status}, so it can't have a setlist.` };
  if (arrivalOf({ localDate: show.localDate, timeZone: show.venue.timeZone, votingOpen: false }, now) === "early") return { problem: `The show is on ${show.localDate}, which has not come yet.` };
  const songs = matchLines(sets, await songsNamed(reader, artistId, keysOfLines(sets))).flatMap((set) => set.songs);
  if (songs.length > MOST_SONGS) return { problem: `With its medleys taken apart it has ${songs.length} songs; at most ${MOST_SONGS} can be.` };
  return { showId: id, songs: songs.length, unmatched: songs.flatMap(({ songId, tape, title }) => (songId === null && !tape ? [title] : [])) };
}
