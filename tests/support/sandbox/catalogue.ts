import { between, chance, hash, pick } from "./chance.ts";
import { guestName, songTitle } from "./names.ts";
import { cityAt } from "./venues.ts";
import type { Artist, World } from "./world.ts";

export type Version = "studio" | "skit" | "remaster" | "live" | "acoustic" | "remix" | "demo" | "instrumental" | "edit" | "video";

export interface Recording {
  item: number;
  version: Version;
  /** Number of the work; null for what is none. */
  song: number | null;
  /** Without what tells it apart. */
  title: string;
  /** What MusicBrainz writes in the title, such as " (acoustic)". */
  suffix: string;
  /** What MusicBrainz writes beside it. */
  note: string;
  /** What Spotify writes behind the title. */
  behind: string;
  guest: string | null;
  durationMs: number | null;
  isrcs: string[];
  releasedOn: string;
}

export type AlbumForm = "album" | "deluxe" | "single" | "ep" | "live" | "compilation";

export interface Album {
  item: number;
  form: AlbumForm;
  title: string;
  releasedOn: string;
  /** Numbers of recordings, in order. */
  tracks: number[];
}

/** In which order a song gets its further recordings. */
const ROUNDS: Version[] = ["live", "remaster", "live", "acoustic", "live", "remix", "live", "demo", "edit", "live", "instrumental", "video"];
const FORMS: AlbumForm[] = ["album", "single", "deluxe", "single", "live", "ep", "album", "compilation"];
const MOST_TRACKS = 24;

/** Recordings that are no songs: intros, interludes, skits. They come after the first recordings of the songs. */
function skitsOf({ first }: Artist): number {
  return Math.min(first.recording - first.work, Math.ceil(first.album / 4));
}

/** The song's title as it is now. */
export function titleOf(world: World, artist: number, song: number): string {
  return world.changeOf({ kind: "work", artist, item: song })?.name ?? songTitle(world.seed, artist, song);
}

/** Which recording of the song it is, from the number. */
function versionOf(artist: Artist, item: number): { version: Version; song: number | null; round: number } {
  const { work, recording } = artist.first;
  const skits = skitsOf(artist);
  // What came later is a song of its own, added together with its work.
  if (item >= recording) return { version: "studio", song: work + item - recording, round: 0 };
  if (item < work) return { version: "studio", song: item, round: 0 };
  if (item < work + skits) return { version: "skit", song: null, round: 0 };
  const further = item - work - skits;
  const round = Math.floor(further / work);
  return { version: ROUNDS[(round + (further % work)) % ROUNDS.length]!, song: further % work, round };
}

/** The recording of the song as that version; null where there is none. */
export function recordingOf(artist: Artist, song: number, wanted: Version): number | null {
  const { work, recording } = artist.first;
  if (wanted === "studio") return song < work ? song : recording + song - work;
  const start = work + skitsOf(artist);
  for (let round = 0; start + round * work + song < recording; round++) {
    if (ROUNDS[(round + song) % ROUNDS.length] === wanted) return start + round * work + song;
  }
  return null;
}

export function recordingAt(world: World, artist: Artist, item: number): Recording {
  const { seed } = world;
  const { version, song, round } = versionOf(artist, item);
  const change = world.changeOf({ kind: "recording", artist: artist.index, item });
  const at = [seed, artist.index, item] as const;
  const base = song === null ? skitTitle(item) : titleOf(world, artist.index, song);
  const year = Math.min(lastYear(world), yearOf(world, artist, item < artist.first.recording && song !== null ? song : item) + round);
  const length = between(95_000, 420_000, seed, artist.index, song ?? -item, "length") + between(-9_000, 9_000, ...at, "more");
  return {
    item,
    version,
    song,
    title: change?.name ?? base,
    ...marksOf(world, version, year, at),
    guest: chance(...at, "guest") < 0.06 ? guestName(...at) : null,
    durationMs: version === "skit" ? between(12_000, 58_000, ...at) : chance(...at, "no length") < 0.04 ? null : length,
    isrcs: isrcsOf(artist, version, item, at),
    releasedOn: partial(year, ...at),
  };
}

function skitTitle(item: number): string {
  return pick(["Intro", "Interlude", "Skit: Answering Machine", "Outro", "Interlude II"], item);
}

/** What tells a version apart, at MusicBrainz and at Spotify. */
function marksOf(world: World, version: Version, year: number, at: readonly [string, number, number]): Pick<Recording, "suffix" | "note" | "behind"> {
  const city = cityAt(world.seed, hash(...at, "city") % 60);
  const day = `${year}-${two(between(1, 12, ...at, "m"))}-${two(between(1, 28, ...at, "d"))}`;
  const plain = { suffix: "", note: "", behind: "" };
  const marks: Record<Version, Pick<Recording, "suffix" | "note" | "behind">> = {
    studio: plain,
    skit: plain,
    remaster: { suffix: "", note: `${year} remaster`, behind: ` - ${year} Remaster` },
    live: { suffix: "", note: `live, ${day}: ${city.name}, ${city.country}`, behind: ` - Live at ${city.name}` },
    acoustic: { suffix: " (acoustic)", note: "", behind: " - Acoustic" },
    remix: { suffix: ` (${guestName(...at, "remix")} remix)`, note: "", behind: ` - ${guestName(...at, "remix")} Remix` },
    demo: { suffix: "", note: "demo", behind: " - Demo" },
    instrumental: { suffix: " (instrumental)", note: "", behind: " - Instrumental" },
    edit: { suffix: " (radio edit)", note: "", behind: " - Radio Edit" },
    video: { suffix: "", note: "music video", behind: "" },
  };
  return marks[version];
}

function isrcsOf(artist: Artist, version: Version, item: number, at: readonly [string, number, number]): string[] {
  if (version === "video" || version === "demo" || chance(...at, "no isrc") < 0.15) return [];
  const registrant = (artist.index % 1_296).toString(36).toUpperCase().padStart(2, "0");
  const isrc = (series: number) => `QZ${registrant}${series}${String(artist.since % 100).padStart(2, "0")}${String(item % 100_000).padStart(5, "0")}`;
  return chance(...at, "two isrcs") < 0.05 ? [isrc(1), isrc(2)] : [isrc(1)];
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function lastYear(world: World): number {
  return new Date(world.now).getUTCFullYear() - 1;
}

/** By the song's number: old songs have low ones. */
function yearOf(world: World, artist: Artist, item: number): number {
  const until = lastYear(world);
  if (item >= artist.first.recording) return until;
  const share = artist.first.work === 0 ? 0 : (item % artist.first.work) / artist.first.work;
  return Math.min(until, artist.since + Math.floor(share * Math.max(1, until - artist.since)));
}

/** yyyy, yyyy-mm or mostly yyyy-mm-dd. */
function partial(year: number, ...at: (string | number)[]): string {
  const dice = chance(...at, "precision");
  if (dice < 0.08) return String(year);
  const month = `${year}-${two(between(1, 12, ...at, "month"))}`;
  return dice < 0.12 ? month : `${month}-${two(between(1, 28, ...at, "day"))}`;
}

export function albumAt(world: World, artist: Artist, item: number): Album {
  const change = world.changeOf({ kind: "album", artist: artist.index, item });
  const form = item < artist.first.album ? FORMS[item % FORMS.length]! : "album";
  const tracks = change?.tracks ?? tracksOf(world, artist, item, form);
  const year = yearOf(world, artist, tracks[0] ?? 0);
  return {
    item,
    form,
    title: change?.name ?? albumTitle(world, artist, item, form, tracks),
    releasedOn: change?.releasedOn ?? partial(year, world.seed, artist.index, item, "album"),
    tracks,
  };
}

function albumTitle(world: World, artist: Artist, item: number, form: AlbumForm, tracks: number[]): string {
  const first = titleOf(world, artist.index, tracks[0] ?? 0);
  if (form === "single" || form === "album") return first;
  if (form === "deluxe") return `${first} (Deluxe Edition)`;
  if (form === "live") return `Live in ${cityAt(world.seed, item % 60).name}`;
  return form === "ep" ? `${first} EP` : `The Best of ${world.artistName(artist.index)}${item > FORMS.length ? `, Vol. ${Math.floor(item / FORMS.length) + 1}` : ""}`;
}

/** The songs of the nth album, in order of their numbers. */
function songsOfStudioAlbum({ first }: Artist, nth: number): number[] {
  const albums = Math.max(1, Math.floor(first.album / FORMS.length) * 2 + Math.min(2, first.album % FORMS.length));
  const each = Math.min(MOST_TRACKS, Math.max(1, Math.ceil(first.work / albums)));
  const start = Math.min(nth * each, Math.max(0, first.work - each));
  return Array.from({ length: Math.min(each, first.work - start) }, (_, i) => start + i);
}

function tracksOf(world: World, artist: Artist, item: number, form: AlbumForm): number[] {
  if (artist.first.work === 0) return [];
  const nth = Math.floor(item / FORMS.length) * 2 + (item % FORMS.length >= 6 ? 1 : 0);
  const songs = songsOfStudioAlbum(artist, nth);
  const lead = songs[hash(world.seed, artist.index, item) % songs.length]!;
  const as = (version: Version) => (song: number) => recordingOf(artist, song, version);
  const there = (recordings: (number | null)[]) => recordings.filter((one) => one !== null);
  const skits = skitsOf(artist);
  const skit = skits > 0 ? [artist.first.work + (item % skits)] : [];
  const forms: Record<AlbumForm, () => number[]> = {
    album: () => [...songs, ...skit],
    deluxe: () => [...songs, ...skit, ...there(songs.slice(0, 5).map(as("acoustic"))), ...there(songs.slice(0, 5).map(as("remaster")))],
    single: () => there([lead, as("edit")(lead), as("remix")(lead)]),
    ep: () => there(songs.slice(0, 5).map((song) => as("demo")(song) ?? song)),
    live: () => there(songs.map((song) => as("live")(song) ?? song)),
    compilation: () => there(songs.map((song) => as("remaster")(song) ?? song)),
  };
  return forms[form]();
}
