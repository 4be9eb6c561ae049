import * as demo from "#db/queries/demo.ts";
import { fold } from "#server/domain/fold.ts";
import { localInstant, votingClosesAt } from "#server/domain/show-time.ts";
import { slugify } from "#server/domain/slug.ts";
import type { ShowStatus } from "#server/domain/voting.ts";
import type { TestDatabase } from "./test-database.ts";

export interface ShowSpec {
  artist?: string;
  venue?: string;
  city?: string;
  timeZone?: string;
  localDate?: string;
  /** hh:mm at the venue; null when not announced. */
  startTime?: string | null;
  status?: ShowStatus;
  locked?: boolean;
  tour?: string | null;
  /** Nobody has said more of the artist than the name, and of the venue than the name and the zone. */
  bare?: boolean;
  /** Songs on the ballot. */
  ballot?: string[];
  /** Further songs of the artist. */
  catalogue?: string[];
}

export interface BuiltShow {
  showId: number;
  slug: string;
  artistId: number;
  artistSlug: string;
  venueSlug: string;
  /** In ballot order. */
  setlistSongIds: number[];
  /** Of the further songs. */
  catalogueSongIds: number[];
}

/** Song titles for a ballot of some length. */
export function titles(count: number, prefix = "Song"): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix} ${i + 1}`);
}

let serial = 0;

/** A show with its artist, venue and ballot, tomorrow by the test clock unless said otherwise. */
export async function buildShow(database: TestDatabase, spec: ShowSpec = {}): Promise<BuiltShow> {
  serial += 1;
  const {
    artist = `Artist ${serial}`,
    venue = `Venue ${serial}`,
    city = "Berlin",
    timeZone = "Europe/Berlin",
    localDate = "2026-06-14",
    startTime = "20:00",
    status = "upcoming",
    locked = false,
    tour = null,
    bare = false,
    ballot = titles(12),
    catalogue = titles(3, "Rarity"),
  } = spec;
  const artistSlug = slugify(artist) || `artist-${serial}`;
  const venueSlug = bare ? slugify(venue) : slugify(venue, city);
  const slug = slugify(artistSlug, venue, localDate);
  const startsAt = startTime === null ? null : localInstant(localDate, startTime, timeZone);
  const closesAt = votingClosesAt({ localDate, startsAt, timeZone });
  const style = bare ? {} : { genre: "Indie rock", country: "GB" };
  const place = bare ? {} : { city, country: "DE", latitude: 52.5, longitude: 13.4, capacity: 1_500 };
  return database.change(async (tx) => {
    const [a] = await demo.insertArtists(tx, [{ name: artist, searchName: fold(artist), slug: artistSlug, ...style }]);
    const [v] = await demo.insertVenues(tx, [{ name: venue, slug: venueSlug, timeZone, ...place }]);
    const songs = await demo.insertSongs(
      tx,
      [...ballot, ...catalogue].map((title, likelihoodRank) => ({
        artistId: a!.id,
        title,
        searchTitle: fold(title),
        titleKey: fold(title),
        likelihoodRank,
      })),
    );
    const [show] = await demo.insertShows(tx, [
      { slug, artistId: a!.id, venueId: v!.id, tour, localDate, startsAt, status },
    ]);
    const showId = show!.id;
    const lockedAt = locked ? Date.parse("2026-06-01T00:00:00Z") : null;
    await demo.insertPredictedSetlists(tx, [{ showId, closesAt, lockedAt, createdAt: 0 }]);
    const rows = ballot.map((_, i) => ({ showId, songId: songs[i]!.id, position: i + 1 }));
    const setlistSongs = rows.length > 0 ? await demo.insertSetlistSongs(tx, rows) : [];
    return {
      showId,
      slug,
      artistId: a!.id,
      artistSlug,
      venueSlug,
      setlistSongIds: setlistSongs.map((song) => song.id),
      catalogueSongIds: songs.slice(ballot.length).map((song) => song.id),
    };
  });
}
