import type { ArtistRecord, Provider, ProviderId } from "../provider-records.ts";
import type { ArtistSide } from "./score-artists.ts";
import type { VenueSide } from "./score-venues.ts";

export type VenueRecordSide = VenueSide & { region: string | null; timeZone: string };

/** What a provider said last of one of ours, under one of its ids. */
export interface Told<R> {
  provider: Provider;
  providerId: string;
  /** 0 where the provider does not know the id any more. */
  confidence: number;
  record: R;
}

/** Whose word on an artist counts first, and on a venue. */
const ARTISTS_BY: readonly Provider[] = ["musicbrainz", "spotify", "ticketmaster", "setlistfm"];
const VENUES_BY: readonly Provider[] = ["ticketmaster", "setlistfm", "musicbrainz", "spotify"];

function inOrder<R>(told: readonly Told<R>[], by: readonly Provider[]): R[] {
  const doubted = ({ confidence }: Told<R>) => Number(confidence === 0);
  const byId = (a: Told<R>, b: Told<R>) => (a.providerId < b.providerId ? -1 : Number(a.providerId > b.providerId));
  return told.toSorted((a, b) => doubted(a) - doubted(b) || by.indexOf(a.provider) - by.indexOf(b.provider) || byId(a, b)).map(({ record }) => record);
}

function first<R, T>(records: R[], pick: (record: R) => T | null | undefined): T | null {
  for (const record of records) {
    const told = pick(record);
    if (told !== null && told !== undefined) return told;
  }
  return null;
}

export interface ArtistFacts {
  name: string;
  genre: string | null;
  country: string | null;
}

/** What an artist is called and so on, from what providers say of it, whatever came first; null where none has said anything. */
export function artistFactsOf(told: readonly Told<ArtistSide>[]): ArtistFacts | null {
  const records = inOrder(told, ARTISTS_BY);
  const name = records[0]?.name;
  return name === undefined ? null : { name, genre: first(records, ({ genres }) => genres?.[0]), country: first(records, ({ country }) => country) };
}

/** One side of a comparison for all that is said of an artist: the names of all, and what leads of the rest. */
export function artistSideOf(told: readonly Told<ArtistSide>[], more: { ids?: ProviderId[]; songTitles?: string[] } = {}): ArtistSide | null {
  const records = inOrder(told, ARTISTS_BY);
  const [lead] = records;
  if (!lead) return null;
  const own = new Set([lead.name, lead.sortName]);
  // What another provider calls it is its name there, not an alias that anyone may have given.
  const names = [...new Set(records.map(({ name }) => name))].filter((name) => !own.has(name)).sort();
  const aliases = [...new Set(records.flatMap(({ sortName, aliases = [] }) => [...(sortName ? [sortName] : []), ...aliases]))].filter((name) => !own.has(name)).sort();
  return {
    name: lead.name,
    sortName: lead.sortName ?? null,
    aliases: [...names, ...aliases],
    country: first(records, ({ country }) => country),
    genres: [...new Set(records.flatMap(({ genres = [] }) => genres))].sort(),
    ids: uniqueIds([...told.filter(isKnown).flatMap(({ provider, providerId: id, record: { ids = [] } }) => [{ provider, id }, ...ids]), ...(more.ids ?? [])]),
    ...(more.songTitles && { songTitles: more.songTitles }),
  };
}

function isKnown({ confidence }: Told<unknown>): boolean {
  return confidence > 0;
}

function uniqueIds(ids: ProviderId[]): ProviderId[] {
  const byText = new Map(ids.map((id) => [`${id.provider} ${id.id}`, id]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, id]) => id);
}

/** An id of an artist, with what its provider said last under it; null where only another one states it. */
export interface ArtistIdentityRow extends Omit<Told<ArtistSide>, "record"> {
  artistId: number;
  record: ArtistSide | null;
}

export function toldOfArtist(rows: readonly ArtistIdentityRow[]): Told<ArtistSide>[] {
  return rows.flatMap(({ provider, providerId, confidence, record }) => (record === null ? [] : [{ provider, providerId, confidence, record }]));
}

/** Artists as sides of a comparison, by their ids; those left out of which no provider has said anything. */
export function artistSidesOf(rows: readonly ArtistIdentityRow[]): Map<number, ArtistSide> {
  const byArtist = Map.groupBy(rows, ({ artistId }) => artistId);
  const stated = (of: readonly ArtistIdentityRow[]) => of.filter(({ record, confidence }) => record === null && confidence > 0).map(({ provider, providerId: id }) => ({ provider, id }));
  return new Map([...byArtist].flatMap(([id, of]) => {
    const side = artistSideOf(toldOfArtist(of), { ids: stated(of) });
    return side ? [[id, side] as const] : [];
  }));
}

/** A provider's record as one side of a comparison. */
export function sideOfArtist(provider: Provider, { id, name, sortName, aliases, country, genres, sameAs }: ArtistRecord): ArtistSide {
  return { name, sortName, aliases, country, genres, ids: [{ provider, id }, ...sameAs] };
}

/** All that an artist is called, for looking it up. */
export function namesOf(told: readonly Told<ArtistSide>[]): string[] {
  return [...new Set(told.flatMap(({ record: { name, sortName, aliases = [] } }) => [name, ...(sortName ? [sortName] : []), ...aliases]))];
}

export interface VenueFacts {
  name: string;
  city: string | null;
  region: string | null;
  country: string | null;
  latitude: number | null;
  longitude: number | null;
  timeZone: string;
}

/** The same of a venue: its place on the map comes whole from one of them. */
export function venueFactsOf(told: readonly Told<VenueRecordSide>[]): VenueFacts | null {
  const records = inOrder(told, VENUES_BY);
  const [lead] = records;
  if (!lead) return null;
  const placed = records.find(({ latitude, longitude }) => latitude != null && longitude != null);
  const of = (pick: (record: VenueRecordSide) => string | null | undefined) => first(records, pick);
  const { name, timeZone } = lead;
  const place = { latitude: placed?.latitude ?? null, longitude: placed?.longitude ?? null };
  return { name, city: of(({ city }) => city), region: of(({ region }) => region), country: of(({ country }) => country), ...place, timeZone };
}

/** What a page shows of a record that is none of ours: its name, and what tells it from others. */
export function shownRecord({ name, disambiguation, country, genres, url }: ArtistRecord): { name: string; about: string | null; url: string | null } {
  const about = [disambiguation, country, genres[0]].filter((words) => words != null && words !== "").join(", ");
  return { name, about: about === "" ? null : about, url };
}
