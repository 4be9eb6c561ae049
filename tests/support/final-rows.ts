import type { Provider } from "#server/domain/provider-records.ts";
import type { TestDatabase } from "./test-database.ts";

type Row = Record<string, unknown>;
type Rows = (sql: string) => Promise<Row[]>;

export interface FinalRows {
  /** By its ids at providers: what it is called and so on. */
  artists: Record<string, unknown>;
  songs: string[];
  shows: string[];
  venues: Record<string, unknown>;
  /** What waits for a moderator. */
  reviews: string[];
}

/** All that imports have made of the providers' records, without what follows from the order of their coming: our ids, slugs and times. */
export async function finalRows(database: TestDatabase): Promise<FinalRows> {
  const rows: Rows = (sql) => database.rows(sql);
  const artist = await keyed(rows, "artist");
  const venue = await keyed(rows, "venue");
  const events = await keyed(rows, "show");
  const setlists = Map.groupBy(await rows("SELECT show_id, provider, provider_id FROM actual_setlists"), ({ show_id }) => show_id);
  const showKey = (id: unknown) => [...(events.get(id)?.split(" ") ?? []), ...(setlists.get(id) ?? []).map(idOf)].sort().join(" ");
  const songs = new Map((await rows("SELECT id, artist_id, title, title_key, released_on, ballot_reason FROM songs")).map((row) => [row.id, row]));
  const songKey = (id: unknown) => `${artist.get(songs.get(id)!.artist_id)}: ${String(songs.get(id)!.title_key)}`;
  const keyOf: Record<string, (id: unknown) => string> = { artist: (id) => artist.get(id)!, venue: (id) => venue.get(id)!, show: showKey, song: songKey };
  const shows = await rows("SELECT id, artist_id, venue_id, local_date, starts_at, status, tour FROM shows");
  const matches = await rows("SELECT kind, subject_id, other_id, provider, provider_id FROM matches WHERE status = 'review'");
  return {
    artists: byKey(await rows("SELECT id, name, search_name, country, genre, disambiguation FROM artists"), artist),
    songs: [...songs.values()].map((row) => JSON.stringify([songKey(row.id), row.title, row.released_on, row.ballot_reason])).sort(),
    shows: shows.map((row) => JSON.stringify([showKey(row.id), artist.get(row.artist_id), venue.get(row.venue_id), row.local_date, row.starts_at, row.status, row.tour])).sort(),
    venues: byKey(await rows("SELECT id, name, city, region, country, latitude, longitude, time_zone FROM venues"), venue),
    reviews: matches.map((row) => `${String(row.kind)}: ${[keyOf[row.kind as string]!(row.subject_id), row.other_id === null ? idOf(row) : keyOf[row.kind as string]!(row.other_id)].sort().join(" | ")}`).sort(),
  };
}

function idOf({ provider, provider_id }: Row): string {
  return `${provider as Provider}:${String(provider_id)}`;
}

async function keyed(rows: Rows, kind: "artist" | "venue" | "show"): Promise<Map<unknown, string>> {
  const found = await rows(`SELECT ${kind}_id AS id, provider, provider_id FROM ${kind}_identities WHERE status <> 'rejected' ORDER BY 2, 3`);
  return new Map([...Map.groupBy(found, ({ id }) => id)].map(([id, of]) => [id, of.map(idOf).join(" ")]));
}

function byKey(found: Row[], keys: Map<unknown, string>): Record<string, unknown> {
  const entries = found.map(({ id, ...row }) => [keys.get(id) ?? JSON.stringify(row), row] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
