import type { Provider } from "#server/domain/provider-records.ts";
import type { Place } from "./ids.ts";
import { setlistAt } from "./setlists.ts";
import { showAt } from "./shows.ts";
import type { Change, ShowStatus, World } from "./world.ts";

/** What may happen to the world while it is read. Numbers that come back name what was added. */

/** An artist, a song (`work`: all its recordings, and in setlists), one recording, an album, a venue or a show. */
export function rename(world: World, place: Place, name: string): void {
  world.change(place, { name });
}

/** It is gone at whoever lists it. */
export function remove(world: World, place: Place): void {
  world.change(place, { deleted: true });
}

/**
 * It has another id at the provider from now on. MusicBrainz answers the old one with the record of the new,
 * as it does after a merge; Ticketmaster and Spotify do not know the old one any more. Ids of setlists stay.
 */
export function giveNewId(world: World, place: Place, provider: Provider): string {
  if (provider === "setlistfm") throw new RangeError("setlist.fm keeps its ids: change an artist's at MusicBrainz.");
  const generations = world.changeOf(place)?.generations;
  world.change(place, { generations: { ...generations, [provider]: (generations?.[provider] ?? 0) + 1 } });
  return world.id(provider, place);
}

/** It is listed no more; MusicBrainz answers its id with what it was merged into. */
export function mergeInto(world: World, place: Place, into: Place): void {
  if (place.kind !== into.kind) throw new RangeError(`A ${place.kind} cannot be merged into a ${into.kind}.`);
  world.change(place, { mergedInto: into });
}

/** A work and its recording. */
export function addSong(world: World, artist: number, title?: string): { work: number; recording: number } {
  const named = title === undefined ? {} : { name: title };
  return { work: world.add(artist, "work", named), recording: world.add(artist, "recording") };
}

/** `tracks` are recordings by number. */
export function addAlbum(world: World, artist: number, album: { title: string; tracks: number[]; releasedOn?: string }): number {
  const { title: name, tracks, releasedOn = new Date(world.now).toISOString().slice(0, 10) } = album;
  return world.add(artist, "album", { name, tracks, releasedOn });
}

export interface ShowPlan {
  /** yyyy-mm-dd. */
  localDate: string;
  /** hh:mm:ss; 20:00:00 by default. */
  localTime?: string;
  venue?: number;
  name?: string;
  status?: ShowStatus;
}

export function addShow(world: World, artist: number, { localTime = "20:00:00", status = "onsale", ...plan }: ShowPlan): number {
  return world.add(artist, "show", { ...plan, localTime, status });
}

/** Another day, and time if given. */
export function reschedule(world: World, show: Place, localDate: string, localTime?: string): void {
  world.change(show, { localDate, ...(localTime !== undefined && { localTime }), status: "rescheduled" });
}

export function cancel(world: World, show: Place): void {
  world.change(show, { status: "cancelled" });
}

/** There is no new date yet. */
export function postpone(world: World, show: Place): void {
  world.change(show, { status: "postponed", localDate: undefined });
}

export interface SetlistText {
  /** Titles, or the artist's songs by number. */
  songs: (string | number)[];
  note?: string;
}

export function addSetlist(world: World, artist: number, at: number, setlist: SetlistText & { localDate: string; venue?: number }): number {
  return world.add(artist, "setlist", { ...setlist, editedAt: at });
}

/** Somebody writes down what was played at a show: a setlist there and then for each artist of the world on its bill. */
export function playShow(world: World, show: Place, at: number, songs: (string | number)[]): { artist: number; item: number }[] {
  const { bill, venue, localDate } = showAt(world, show);
  if (localDate === null) throw new RangeError("A show without a date cannot be played: reschedule it first.");
  return bill.flatMap((billed) => ("artist" in billed ? [{ artist: billed.artist, item: addSetlist(world, billed.artist, at, { localDate, venue, songs }) }] : []));
}

/** Somebody writes it anew: another version, edited at `at` (epoch ms). */
export function editSetlist(world: World, artist: number, item: number, at: number, text: Partial<SetlistText>): string {
  const { version } = setlistAt(world, world.artist(artist), item);
  const change: Change = { ...text, version: version + 1, editedAt: at };
  world.change({ kind: "setlist", artist, item }, change);
  return world.ids.version(artist, item, version + 1);
}
