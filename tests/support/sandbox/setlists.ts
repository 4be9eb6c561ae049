import { between, chance, hash } from "./chance.ts";
import { titleOf } from "./catalogue.ts";
import { guestName, tourName, writtenDown } from "./names.ts";
import type { Artist, Change, World } from "./world.ts";

const DAY_MS = 86_400_000;
const COVERS = 40;
const SHOWS_OF_A_TOUR = 60;
/** A band plays no more than this in one year, whatever the number of its shows. */
const DAYS_BETWEEN = 3;

export interface Played {
  name: string;
  /** Number of an artist whom others cover. */
  cover: number | null;
  guest: string | null;
  tape: boolean;
  info: string | null;
}

export interface PlayedSet {
  name: string | null;
  encore: number | null;
  songs: Played[];
}

export interface Setlist {
  item: number;
  /** yyyy-mm-dd. */
  localDate: string;
  venue: number;
  tour: string | null;
  version: number;
  editedAt: number;
  info: string | null;
  sets: PlayedSet[];
}

const ordinary: Omit<Played, "name"> = { cover: null, guest: null, tape: false, info: null };

/** yyyy-mm-dd; the higher the number, the older. Now and then there are two on one day. */
function dayOf(world: World, artist: Artist, item: number): string {
  const nth = item % 40 === 7 ? item - 1 : item;
  const at = world.now - (1 + nth * DAYS_BETWEEN + between(0, 1, world.seed, artist.index, nth)) * DAY_MS;
  return new Date(at).toISOString().slice(0, 10);
}

function changeAt(world: World, artist: Artist, item: number): Change | undefined {
  return world.changeOf({ kind: "setlist", artist: artist.index, item });
}

export function setlistDay(world: World, artist: Artist, item: number): string {
  return changeAt(world, artist, item)?.localDate ?? dayOf(world, artist, item);
}

/** Epoch ms, in whole seconds. */
export function setlistEditedAt(world: World, artist: Artist, item: number): number {
  const edited = changeAt(world, artist, item)?.editedAt;
  if (edited !== undefined) return Math.floor(edited / 1000) * 1000;
  const after = between(3 * 3600, 20 * 86_400, world.seed, artist.index, item, "edited") * 1000;
  const at = Date.parse(`${setlistDay(world, artist, item)}T22:00:00Z`) + after;
  return Math.floor(Math.min(at, world.now - 60_000) / 1000) * 1000;
}

export function setlistVenue(world: World, artist: Artist, item: number): number {
  return changeAt(world, artist, item)?.venue ?? hash(world.seed, artist.index, item, "venue") % world.venues;
}

/** Numbers of an artist's setlists, the newest show first. */
export function setlistsOf(world: World, artist: Artist): readonly number[] {
  const place = (item: number) => ({ kind: "setlist", artist: artist.index, item }) as const;
  return world.list(`setlists ${artist.index}`, artist.counts.setlist, place, (items) => {
    const days = new Map(items.map((item) => [item, setlistDay(world, artist, item)]));
    return items.sort((a, b) => (days.get(b)! < days.get(a)! ? -1 : days.get(b)! > days.get(a)! ? 1 : a - b));
  });
}

/** As it was in that version; as it is now by default. */
export function setlistAt(world: World, artist: Artist, item: number, version?: number): Setlist {
  const change = changeAt(world, artist, item);
  const now = change?.version ?? 0;
  const at = version ?? now;
  const tour = Math.floor(item / SHOWS_OF_A_TOUR);
  return {
    item,
    localDate: setlistDay(world, artist, item),
    venue: setlistVenue(world, artist, item),
    tour: chance(world.seed, artist.index, item, "no tour") < 0.1 ? null : tourName(world.seed, artist.index, tour),
    version: at,
    editedAt: setlistEditedAt(world, artist, item),
    info: change?.note ?? (hash(world.seed, artist.index, item, "info") % 15 === 0 ? "Late start because of the weather." : null),
    sets: at === now && change?.songs ? written(world, artist, change.songs) : seededSets(world, artist, item, tour),
  };
}

function written(world: World, artist: Artist, songs: (string | number)[]): PlayedSet[] {
  const titles = songs.map((song) => (typeof song === "number" ? titleOf(world, artist.index, song) : song));
  return titles.length === 0 ? [] : [{ name: null, encore: null, songs: titles.map((name) => ({ ...ordinary, name })) }];
}

function isFilled({ first, filled }: Artist, item: number): boolean {
  if (item >= first.setlist) return false;
  return Math.floor(((item + 1) * filled) / first.setlist) > Math.floor((item * filled) / first.setlist);
}

function seededSets(world: World, artist: Artist, item: number, tour: number): PlayedSet[] {
  if (!isFilled(artist, item) || artist.first.work === 0) return [];
  const at = [world.seed, artist.index, item] as const;
  const length = Math.min(between(9, 24, ...at, "length"), artist.first.work);
  const songs = songsPlayed(world, artist, at, tour, length);
  const encores = between(0, 2, ...at, "encores");
  const main = songs.slice(0, Math.max(1, songs.length - 2 * encores));
  const rest = songs.slice(main.length);
  const split = chance(...at, "two sets") < 0.15 ? Math.ceil(main.length / 2) : main.length;
  const sets: PlayedSet[] = [{ name: split < main.length ? "Set 1" : null, encore: null, songs: [...opening(at), ...main.slice(0, split)] }];
  if (split < main.length) sets.push({ name: "Set 2", encore: null, songs: main.slice(split) });
  for (let encore = 1; encore <= encores && rest.length > 0; encore++) sets.push({ name: null, encore, songs: rest.splice(0, 2) });
  return sets;
}

/** From a tape, before the first song. */
function opening(at: readonly [string, number, number]): Played[] {
  return chance(...at, "tape") < 0.25 ? [{ ...ordinary, name: "Overture for Nobody", tape: true }] : [];
}

/** Most of what a tour plays each night, a few that change, a cover at times; each song once. */
function songsPlayed(world: World, artist: Artist, at: readonly [string, number, number], tour: number, length: number): Played[] {
  const { seed } = world;
  const works = artist.first.work;
  const start = hash(seed, artist.index, tour, "core") % works;
  const step = coprime(1 + (hash(seed, artist.index, tour, "step") % works), works);
  const skip = between(0, 3, ...at, "skip");
  return Array.from({ length }, (_, nth) => {
    const song = (start + (nth < length / 2 ? nth : nth + skip) * step) % works;
    return played(titleOf(world, artist.index, song), at, nth);
  });
}

function coprime(step: number, size: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  while (divisor(step, size) !== 1) step++;
  return step;
}

function played(title: string, at: readonly [string, number, number], nth: number): Played {
  const dice = chance(...at, nth, "song");
  const cover = hash(...at, nth, "cover") % COVERS;
  if (dice < 0.01) return { ...ordinary, name: "", info: "Unknown" };
  if (dice < 0.05) return { ...ordinary, name: `${title.split(" ").at(-1)} Blues`, cover };
  if (dice < 0.09) return { ...ordinary, name: title, info: "Acoustic" };
  if (dice < 0.11) return { ...ordinary, name: title, guest: guestName(...at, nth) };
  return { ...ordinary, name: writtenDown(title, ...at, nth) };
}

