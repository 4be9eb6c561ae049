import { between, chance, hash } from "./chance.ts";
import type { Place } from "./ids.ts";
import { supportName } from "./names.ts";
import type { Artist, Change, ShowStatus, World } from "./world.ts";

const DAY_MS = 86_400_000;
/** Shows are announced for about two years. */
const DAYS_AHEAD = 700;
const SUPPORTS = 200;

/** One who is on a bill: an artist of the world, or by a number one who is nowhere else. */
export type Billed = { artist: number } | { support: number };

export interface Show {
  place: Place;
  name: string;
  bill: Billed[];
  venue: number;
  /** yyyy-mm-dd; null while it is to be announced. */
  localDate: string | null;
  /** hh:mm:ss; null while it is to be announced. */
  localTime: string | null;
  startsAt: number | null;
  /** TBA: nothing is known. TBD: a date is known, and may change. */
  undated: "TBA" | "TBD" | null;
  status: ShowStatus;
  /** yyyy-mm-dd that it was first planned for. */
  formerDate: string | null;
}

/** The day and time that the seed has, in UTC and near enough to the venue's evening. */
function seededStart(world: World, artist: number, item: number, count: number): number {
  const day = 2 + Math.floor(item * Math.min(3, DAYS_AHEAD / Math.max(1, count)));
  const midnight = Math.floor(world.now / DAY_MS) * DAY_MS;
  return midnight + day * DAY_MS + (18 * 60 + 15 * between(0, 12, world.seed, artist, item, "time")) * 60_000;
}

function seededStatus(...at: (string | number)[]): { status: ShowStatus; undated: Show["undated"] } {
  const dice = chance(...at, "status");
  if (dice < 0.03) return { status: "cancelled", undated: null };
  if (dice < 0.05) return { status: "postponed", undated: null };
  if (dice < 0.08) return { status: "rescheduled", undated: null };
  if (dice < 0.11) return { status: "onsale", undated: "TBA" };
  if (dice < 0.13) return { status: "onsale", undated: "TBD" };
  return { status: dice < 0.25 ? "offsale" : "onsale", undated: null };
}

/** `localDate` and `localTime` by the venue's clock to epoch ms. */
export function instantOf(localDate: string, localTime: string, timeZone: string): number {
  const asUtc = Date.parse(`${localDate}T${localTime}Z`);
  return asUtc - offsetAt(asUtc - offsetAt(asUtc, timeZone), timeZone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetAt(at: number, timeZone: string): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  formats.set(timeZone, format);
  return Date.parse(`${format.format(at).replace(" ", "T")}Z`) - Math.floor(at / 1000) * 1000;
}

function dated(world: World, venue: number, seeded: number, change: Change | undefined) {
  const seed = new Date(seeded).toISOString();
  const localDate = change?.localDate ?? seed.slice(0, 10);
  const localTime = change?.localTime ?? seed.slice(11, 19);
  return { localDate, localTime, startsAt: instantOf(localDate, localTime, world.venue(venue).city.timeZone) };
}

const nowhen = { localDate: null, localTime: null, startsAt: null };

/** A show of an artist or a festival. */
export function showAt(world: World, place: Place): Show {
  const { kind, artist, item } = place;
  const festival = kind === "festival";
  const at = [world.seed, kind, artist, item] as const;
  const change = world.changeOf(place);
  const venue = change?.venue ?? hash(...at, "venue") % world.venues;
  const seeded = festival ? seededStatus(...at, "festival") : seededStatus(...at);
  const status = change?.status ?? seeded.status;
  // A new date ends all doubt about it.
  const undated = change?.localDate === undefined ? seeded.undated : null;
  const seededAt = seededStart(world, artist, item, festival ? world.festivals : world.artist(artist).first.show);
  const when = dated(world, venue, seededAt, change);
  const without = undated !== null || (status === "postponed" && change?.localDate === undefined);
  const bill = festival ? festivalBill(world, item) : showBill(world, artist, item);
  return {
    ...{ place, venue, status, undated, bill },
    name: change?.name ?? (festival ? `Festival of the ${item + 1}. Lantern` : showName(world, artist, item)),
    ...(without ? nowhen : when),
    formerDate: status === "postponed" || status === "rescheduled" ? formerDate(world, place, seededAt, without || change?.localDate !== undefined) : null,
  };
}

/** What the seed has is the date after a change by itself, or the one before a change at run time. */
function formerDate(world: World, { artist, item }: Place, seededAt: number, isFormer: boolean): string {
  const earlier = isFormer ? 0 : 14 + (hash(world.seed, artist, item, "former") % 60);
  return new Date(seededAt - earlier * DAY_MS).toISOString().slice(0, 10);
}

function showName(world: World, artist: number, item: number): string {
  const name = world.artistName(artist);
  return hash(world.seed, artist, item, "title") % 4 === 0 ? `${name}: The ${item + 1}. Night` : name;
}

function showBill(world: World, artist: number, item: number): Billed[] {
  const supports = between(0, 2, world.seed, artist, item, "supports");
  const first = hash(world.seed, artist, item, "support") % SUPPORTS;
  return [{ artist }, ...Array.from({ length: supports }, (_, i) => ({ support: (first + i * 13) % SUPPORTS }))];
}

/** Every third artist, beginning with another one for each festival. */
function festivalBill(world: World, item: number): Billed[] {
  const artists = world.artists.filter(({ index }) => playsAt(index, item) && world.has({ kind: "artist", artist: index, item: 0 }));
  return [...artists.map(({ index }) => ({ artist: index })), { support: item % SUPPORTS }];
}

function playsAt(artist: number, festival: number): boolean {
  return (artist + festival) % 3 === 0;
}

/** What an artist plays, festivals too, by date; what has none is at the end. */
export function showsOf(world: World, artist: Artist): readonly Show[] {
  return kept(world, `of ${artist.index}`, () => {
    const festivals = festivalsOf(world).filter(({ item }) => playsAt(artist.index, item));
    return inOrder(world, [...ownShows(artist), ...festivals]);
  });
}

/** All there is, by date. */
export function allShows(world: World): readonly Show[] {
  return kept(world, "all", () => inOrder(world, [...world.artists.flatMap(ownShows), ...festivalsOf(world)]));
}

function ownShows({ index, counts }: Artist): Place[] {
  return Array.from({ length: counts.show }, (_, item) => ({ kind: "show", artist: index, item }));
}

function festivalsOf({ festivals }: World): Place[] {
  return Array.from({ length: festivals }, (_, item) => ({ kind: "festival", artist: 0, item }));
}

const lists = new WeakMap<World, { revision: number; shows: Map<string, Show[]> }>();

/** Until the world's next change: a list is read page by page, and its order takes all of it. */
function kept(world: World, name: string, compute: () => Show[]): Show[] {
  const known = lists.get(world);
  const current = known?.revision === world.revision ? known : { revision: world.revision, shows: new Map<string, Show[]>() };
  lists.set(world, current);
  const shows = current.shows.get(name) ?? compute();
  current.shows.set(name, shows);
  return shows;
}

function inOrder(world: World, places: Place[]): Show[] {
  const shows = places.filter((place) => world.has(place) && (place.kind === "festival" || world.has({ kind: "artist", artist: place.artist, item: 0 }))).map((place) => showAt(world, place));
  return shows.sort((a, b) => (a.startsAt ?? Infinity) - (b.startsAt ?? Infinity) || a.place.artist - b.place.artist || a.place.item - b.place.item);
}

export function billedName(world: World, billed: Billed): string {
  return "artist" in billed ? world.nameAt("ticketmaster", billed.artist) : supportName(billed.support);
}
