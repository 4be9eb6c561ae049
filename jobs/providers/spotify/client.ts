import type { AlbumRecord, ArtistRecord, Page, Records, SongRecord } from "#server/domain/provider-records.ts";
import { ProviderError, type ProviderHttp } from "../http.ts";
import { readEach, shown, type Reading } from "../wire-values.ts";
import { readAlbum, readArtist, readSong } from "./to-domain.ts";
import type { SpotifyTokens } from "./token.ts";
import { readWirePage, readWireSearch, type WirePage } from "./wire.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The most that Spotify allows a new app on one page; it answers 400 beyond that. */
const PAGE = { artists: 10, albums: 10, tracks: 50 };
/** Results of a search end here. */
const SEARCH_REACH = 1_000;

export interface Ask {
  /** How old an answer may be, ms; 0 for a new one. By default an hour for searches and a day for all else. */
  freshMs?: number;
  signal?: AbortSignal;
}

export interface AskPage extends Ask {
  /** `next` of the page before; null or absent for the first. */
  cursor?: string | null;
}

/**
 * All reject with `ProviderError`: "bad_request" for what can't be asked, "garbled" for an answer of another
 * shape, else as `ProviderHttp` says. Records that can't be used are among `refused`.
 */
export interface Spotify {
  /** Best match first. */
  searchArtists(name: string, ask?: AskPage): Promise<Page<ArtistRecord>>;
  /** One record, or why it was refused. */
  artist(id: string, ask?: Ask): Promise<Records<ArtistRecord>>;
  /** The artist's own albums, singles and compilations, without those that the artist only appears on. */
  albums(artistId: string, ask?: AskPage): Promise<Page<AlbumRecord>>;
  /** An album's tracks in order. Their dates and mostly their ISRCs are not in this list. */
  songsOfAlbum(albumId: string, ask?: AskPage): Promise<Page<SongRecord>>;
}

type Query = Record<string, string | number>;

/** Spotify by way of `http`, whose base is `SPOTIFY.base`. Each request carries a token in its `authorization` header. */
export function createSpotify(http: ProviderHttp, tokens: SpotifyTokens): Spotify {
  async function ask(path: string, query: Query, { freshMs, signal }: Ask): Promise<unknown> {
    const answer = await tokens.run((token) =>
      http.request({ path, query, headers: { authorization: `Bearer ${token}` }, freshMs, signal }),
    );
    return answer.body;
  }

  async function list(path: string, query: Query & { limit: number }, how: AskPage, read = readWirePage) {
    const offset = checkedOffset(how.cursor ?? null);
    const page = read(await ask(path, { ...query, offset }, how));
    if (!page) throw new ProviderError("spotify", "garbled", "Spotify answered with something else than a list.");
    return { page, offset };
  }

  return {
    async searchArtists(name, how) {
      const q = shown(name);
      if (q === null) throw badRequest("There is no name to search for.");
      const query = { q, type: "artist", limit: PAGE.artists };
      const { page, offset } = await list("/search", query, { freshMs: HOUR_MS, ...how }, readWireSearch);
      const found = toPage(page, offset, readArtist);
      return Number(found.next) + PAGE.artists > SEARCH_REACH ? { ...found, next: null } : found;
    },
    async artist(id, how) {
      return readEach([await ask(`/artists/${checkedId(id)}`, {}, { freshMs: DAY_MS, ...how })], readArtist);
    },
    async albums(artistId, how) {
      const query = { include_groups: "album,single,compilation", limit: PAGE.albums };
      const { page, offset } = await list(`/artists/${checkedId(artistId)}/albums`, query, { freshMs: DAY_MS, ...how });
      return toPage(page, offset, readAlbum);
    },
    async songsOfAlbum(albumId, how) {
      const query = { limit: PAGE.tracks };
      const { page, offset } = await list(`/albums/${checkedId(albumId)}/tracks`, query, { freshMs: DAY_MS, ...how });
      return toPage(page, offset, (track) => readSong(track, albumId));
    },
  };
}

/** Refused records count too: the next page begins after all that came, however few Spotify sent. */
function toPage<T>({ items, total, more }: WirePage, offset: number, read: (value: unknown) => Reading<T>): Page<T> {
  const end = offset + items.length;
  const goesOn = items.length > 0 && (more || (total !== null && end < total));
  return { ...readEach(items, read), next: goesOn ? String(end) : null, total };
}

function checkedOffset(cursor: string | null): number {
  if (cursor === null) return 0;
  if (!/^\d{1,9}$/.test(cursor)) throw badRequest(`"${cursor}" is not a place in a list: begin again at its start.`);
  return Number(cursor);
}

function checkedId(id: string): string {
  if (!/^[\w-]{1,64}$/.test(id)) throw badRequest(`"${id}" is not an id of Spotify: copy it from the address of the page there.`);
  return id;
}

function badRequest(message: string): ProviderError {
  return new ProviderError("spotify", "bad_request", message);
}
