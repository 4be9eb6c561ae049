import type { Provider } from "#server/domain/provider-records.ts";
import { between, chance, hash, pick } from "./chance.ts";
import { Ids, type Kind, type Place } from "./ids.ts";
import { artistName } from "./names.ts";
import { venueAt, type Venue } from "./venues.ts";

/** What an artist has; what is left out comes from the seed. */
export interface ArtistSpec {
  name?: string;
  disambiguation?: string;
  recordings?: number;
  works?: number;
  /** All kinds together; deluxe editions are an album of their own at Spotify only. */
  albums?: number;
  /** Of its own, beside its places at festivals. */
  upcomingShows?: number;
  pastShows?: number;
  /** How many setlists of the past shows hold songs; nine tenths by default. */
  setlistsWithSongs?: number;
  country?: string;
  genre?: string;
  aliases?: string[];
  /** What it is called at a provider where that is not its name; setlist.fm goes by MusicBrainz. */
  names?: Partial<Record<Provider, string>>;
  /** Who states its ids at others; both by default. */
  links?: ("musicbrainz" | "ticketmaster")[];
  /** How many pages of their own Spotify and Ticketmaster have of it; 1 by default, 0 where it is not there. Albums and shows go round them. */
  pages?: Partial<Record<"spotify" | "ticketmaster", number>>;
}

export interface WorldOptions {
  seed: string;
  /** Epoch ms: shows are after it, setlists before. */
  now: number;
  /** Or how many. */
  artists: ArtistSpec[] | number;
  /** 80 by default. */
  venues?: number;
  /** Shows that several of the artists play at; none by default. */
  festivals?: number;
}

/** How many there are of each; they are numbered from 0. */
export type Counts = Record<"recording" | "work" | "album" | "show" | "setlist", number>;

export interface Artist {
  index: number;
  name: string;
  disambiguation: string;
  aliases: string[];
  genre: string;
  country: string;
  /** Year of its first album. */
  since: number;
  names: Partial<Record<Provider, string>>;
  links: readonly ("musicbrainz" | "ticketmaster")[];
  pages: Partial<Record<Provider, number>>;
  counts: Counts;
  /** As many as there were at first: what comes later has a higher number. */
  first: Counts;
  filled: number;
}

export type ShowStatus = "onsale" | "offsale" | "cancelled" | "postponed" | "rescheduled";

/** What is other than the seed has it. */
export interface Change {
  name?: string;
  deleted?: boolean;
  mergedInto?: Place;
  generations?: Partial<Record<Provider, number>>;
  /** Of a show or setlist: yyyy-mm-dd. */
  localDate?: string;
  localTime?: string;
  status?: ShowStatus;
  venue?: number;
  /** Of a setlist: titles, or the artist's songs by number; null for what the seed has. */
  songs?: (string | number)[] | null;
  /** Of a setlist: 0 for the first. */
  version?: number;
  editedAt?: number;
  note?: string;
  /** Of an album: recordings by number. */
  tracks?: number[];
  releasedOn?: string;
}

const GENRES = ["Rock", "Pop", "Alternative", "Folk", "Metal", "Electronic", "Hip-Hop/Rap", "Jazz"];
const HOMES = ["US", "GB", "DE", "SE", "CA", "FR", "JP", "AU"];
const VENUES = 80;

/** Everything that the four providers know, computed when it is asked for; only changes are stored. */
export class World {
  readonly seed: string;
  readonly now: number;
  readonly ids: Ids;
  readonly artists: Artist[];
  readonly festivals: number;
  /** Counts up with each change. */
  revision = 0;
  #venues: number;
  readonly #changes = new Map<string, Change>();
  readonly #lists = new Map<string, { revision: number; items: number[] }>();

  constructor({ seed, now, artists, venues = VENUES, festivals = 0 }: WorldOptions) {
    this.seed = seed;
    this.now = now;
    this.ids = new Ids(seed);
    this.festivals = festivals;
    this.#venues = venues;
    const specs = typeof artists === "number" ? Array.from({ length: artists }, (): ArtistSpec => ({})) : artists;
    this.artists = specs.map((spec, index) => artistOf(seed, index, spec));
  }

  get venues(): number {
    return this.#venues;
  }

  artist(index: number): Artist {
    const artist = this.artists[index];
    if (!artist) throw new RangeError(`The world has no artist ${index}: there are ${this.artists.length}.`);
    return artist;
  }

  /** The artist's name as it is now. */
  artistName(index: number): string {
    return this.changeOf({ kind: "artist", artist: index, item: 0 })?.name ?? this.artist(index).name;
  }

  /** What a provider calls the artist. */
  nameAt(provider: Provider, index: number): string {
    return this.artist(index).names[provider] ?? this.artistName(index);
  }

  /** Places of the artist's pages at a provider: they differ in their items. */
  pagesAt(provider: Provider, index: number): Place[] {
    if (!this.has({ kind: "artist", artist: index, item: 0 })) return [];
    return Array.from({ length: this.artist(index).pages[provider] ?? 1 }, (_, item) => ({ kind: "artist", artist: index, item }));
  }

  /** On which of the artist's pages at a provider a show or album is, by its number. */
  pageOf(provider: Provider, index: number, item: number): Place {
    return { kind: "artist", artist: index, item: item % Math.max(1, this.artist(index).pages[provider] ?? 1) };
  }

  venue(index: number): Venue {
    const venue = venueAt(this.seed, index);
    const name = this.changeOf({ kind: "venue", artist: 0, item: index })?.name;
    return name === undefined ? venue : { ...venue, name };
  }

  changeOf({ kind, artist, item }: Place): Change | undefined {
    return this.#changes.size === 0 ? undefined : this.#changes.get(`${kind}/${artist}/${item}`);
  }

  change(place: Place, change: Change): void {
    this.#changes.set(keyOf(place), { ...this.#changes.get(keyOf(place)), ...change });
    this.revision++;
  }

  /** Adds one to what the artist has; its number. */
  add(artist: number, kind: keyof Counts, change: Change = {}): number {
    const item = this.artist(artist).counts[kind]++;
    this.change({ kind, artist, item }, change);
    return item;
  }

  /** Whether it is there, as what it is. */
  has({ kind, artist, item }: Place): boolean {
    const change = this.changeOf({ kind, artist, item });
    return !change?.deleted && !change?.mergedInto;
  }

  id(provider: Provider, place: Place): string {
    return this.ids.of(provider, { ...place, generation: this.changeOf(place)?.generations?.[provider] ?? 0 });
  }

  /**
   * What an id stands for; null for none. Where ids have changed, MusicBrainz and setlist.fm know the old ones
   * too, and what one was merged into; the others forget.
   */
  find(provider: Provider, id: string, ...kinds: Kind[]): Place | null {
    const found = this.ids.find(provider, id);
    if (!found || !kinds.includes(found.kind) || !this.#exists(found)) return null;
    if (found.kind === "artist" && found.item >= (this.artist(found.artist).pages[provider] ?? 1)) return null;
    const { generation, ...place } = found;
    const change = this.changeOf(place);
    const current = change?.generations?.[provider] ?? 0;
    const remembers = provider === "musicbrainz" || provider === "setlistfm";
    if (generation > current || (generation < current && !remembers)) return null;
    if (change?.mergedInto && remembers) return change.mergedInto;
    return this.has(place) ? place : null;
  }

  /** Numbers of those that there are, in the order of `sorted` if given; kept until the next change. */
  list(name: string, count: number, place: (item: number) => Place, sorted?: (items: number[]) => number[]): readonly number[] {
    const kept = this.#lists.get(name);
    if (kept?.revision === this.revision) return kept.items;
    const all = Array.from({ length: count }, (_, item) => item).filter((item) => this.has(place(item)));
    const items = sorted ? sorted(all) : all;
    this.#lists.set(name, { revision: this.revision, items });
    return items;
  }

  #exists({ kind, artist, item }: Place): boolean {
    if (kind === "venue") return item < this.#venues;
    if (kind === "festival") return item < this.festivals;
    const owner = this.artists[artist];
    if (!owner) return false;
    return kind in owner.counts ? item < owner.counts[kind as keyof Counts] : true;
  }
}

export function createWorld(options: WorldOptions): World {
  return new World(options);
}

function keyOf({ kind, artist, item }: Place): string {
  return `${kind}/${artist}/${item}`;
}

function artistOf(seed: string, index: number, spec: ArtistSpec): Artist {
  const recordings = spec.recordings ?? Math.round(40 * 10 ** (1.4 * chance(seed, index, "size")));
  const works = Math.min(recordings, spec.works ?? Math.max(1, Math.round(recordings ** 0.72)));
  const setlist = spec.pastShows ?? between(5, 120, seed, index, "past");
  const counts: Counts = {
    recording: recordings,
    work: works,
    album: spec.albums ?? Math.max(1, Math.round(recordings / 12)),
    show: spec.upcomingShows ?? between(0, 25, seed, index, "shows"),
    setlist,
  };
  const name = spec.name ?? artistName(seed, index);
  return {
    index,
    name,
    disambiguation: spec.disambiguation ?? (index % 4 === 1 ? `${pick(HOMES, seed, index)} ${pick(GENRES, seed, index).toLowerCase()} act` : ""),
    aliases: spec.aliases ?? (index % 3 === 0 ? [name.toUpperCase(), `${name} Band`] : []),
    genre: spec.genre ?? pick(GENRES, seed, index),
    country: spec.country ?? pick(HOMES, seed, index),
    names: spec.names ?? {},
    links: spec.links ?? ["musicbrainz", "ticketmaster"],
    pages: spec.pages ?? {},
    since: 1985 + (hash(seed, index, "since") % 30),
    counts,
    first: { ...counts },
    filled: spec.setlistsWithSongs ?? Math.round(setlist * 0.9),
  };
}

