import type { AlbumRecord, ArtistRecord, Page, Records, SongRecord, WorkRecord } from "#server/domain/provider-records.ts";
import { ProviderError, type ProviderHttp } from "../http.ts";
import { readEach, shown, type Reading } from "../wire-values.ts";
import { cleanMbid } from "./names.ts";
import { readAlbum, readArtist, readSong, readTracks, readWork } from "./to-domain.ts";
import { LISTS, readList, type Entity, type WireList } from "./wire.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The most items that MusicBrainz puts on a page. */
const PAGE = 100;
/** Longer than any artist's name, short enough for an address. */
const LONGEST_QUERY = 200;

export interface Ask {
  /** How old an answer may be, ms; 0 for a new one. By default an hour for searches and a day for all else. */
  freshMs?: number;
  signal?: AbortSignal;
}

export interface AskPage extends Ask {
  /** `next` of the page before; null or absent for the first. */
  cursor?: string | null;
  /** Items of a page: 1 to 100, 100 by default. */
  limit?: number;
}

/**
 * All reject with `ProviderError`: "bad_request" for what can't be asked, "garbled" for an answer of another
 * shape, else as `ProviderHttp` says. Records that can't be used are among `refused`. Ids are MBIDs.
 */
export interface MusicBrainz {
  /** Best match first. */
  searchArtists(name: string, ask?: AskPage): Promise<Page<ArtistRecord>>;
  /** One record, or why it was refused. Its id is another than the one asked for where two were merged. */
  artist(id: string, ask?: Ask): Promise<Records<ArtistRecord>>;
  /** One record, or why it was refused. Its id is another than the one asked for where two were merged. */
  recording(id: string, ask?: Ask): Promise<Records<SongRecord>>;
  /** What the artist is credited for, as a guest too. Albums are not in this list. */
  recordings(artistId: string, ask?: AskPage): Promise<Page<SongRecord>>;
  /** What the artist wrote or recorded. */
  works(artistId: string, ask?: AskPage): Promise<Page<WorkRecord>>;
  /** Albums, singles and the like, each once for all its editions; without bootlegs. */
  albums(artistId: string, ask?: AskPage): Promise<Page<AlbumRecord>>;
  /** The tracks of one official edition in order, all on one page; none where there is no such edition. Works are not in this list. */
  songsOfAlbum(albumId: string, ask?: Ask): Promise<Page<SongRecord>>;
}

type Query = Record<string, string | number>;
type Read<T> = (value: unknown) => Reading<T>;

/** MusicBrainz by way of `http`, whose base is `MUSICBRAINZ.base` and whose User-Agent is `userAgent(…)`. */
export function createMusicBrainz(http: ProviderHttp): MusicBrainz {
  async function ask(path: string, query: Query, { freshMs = DAY_MS, signal }: Ask): Promise<unknown> {
    const { body } = await http.request({ path, query: { ...query, fmt: "json" }, freshMs, signal });
    return body;
  }

  /** `inc` is separated by spaces, which arrive as the documented plus signs. */
  async function one<T>(entity: Entity, id: string, inc: string, read: Read<T>, how: Ask = {}): Promise<Records<T>> {
    return readEach([await ask(`/${entity}/${checkedMbid(id)}`, { inc }, how)], read);
  }

  async function list<T>(entity: Entity, query: Query, read: Read<T>, how: AskPage = {}): Promise<Page<T>> {
    const offset = checkedOffset(how.cursor ?? null);
    const limit = Math.min(PAGE, Math.max(1, Math.trunc(how.limit ?? PAGE)));
    return toPage(checkedList(await ask(`/${entity}`, { ...query, limit, offset }, how), entity), offset, read);
  }

  return {
    async searchArtists(name, how) {
      const query = luceneWords(name);
      if (query === "") throw badRequest("There is no name to search for.");
      return list("artist", { query }, readArtist, { ...how, freshMs: how?.freshMs ?? HOUR_MS });
    },
    artist: async (id, how) => one("artist", id, "url-rels aliases genres", readArtist, how),
    recording: async (id, how) => one("recording", id, "artist-credits isrcs work-rels", readSong, how),
    recordings: async (artistId, how) =>
      list("recording", { artist: checkedMbid(artistId), inc: "artist-credits isrcs work-rels" }, readSong, how),
    works: async (artistId, how) => list("work", { artist: checkedMbid(artistId), inc: "aliases" }, readWork, how),
    albums: async (artistId, how) =>
      list("release-group", { artist: checkedMbid(artistId), "release-group-status": "website-default" }, readAlbum, how),
    async songsOfAlbum(albumId, how = {}) {
      const id = checkedMbid(albumId);
      const query = { "release-group": id, status: "official", inc: "recordings artist-credits isrcs", limit: 1 };
      const editions = checkedList(await ask("/release", query, how), "release").items.slice(0, 1);
      const songs = editions.map((edition) => readTracks(edition, id))[0] ?? { records: [], refused: [] };
      return { ...songs, next: null, total: null };
    },
  };
}

/**
 * Page after page, each asked for when the one before is done with. To go on after a stop begin with the
 * `next` of the last page that was dealt with.
 */
export async function* pages<T>(
  read: (cursor: string | null) => Promise<Page<T>>,
  from: string | null = null,
): AsyncGenerator<Page<T>, void, undefined> {
  for (let cursor = from; ; ) {
    const page = await read(cursor);
    yield page;
    if (page.next === null) return;
    cursor = page.next;
  }
}

/** Words as Lucene takes them literally: its operators are escaped, or lose their capitals. */
export function luceneWords(name: string): string {
  return (shown(name) ?? "")
    .slice(0, LONGEST_QUERY)
    .toWellFormed()
    .replace(/[-+&|!(){}[\]^"~*?:\\/]/g, "\\$&")
    .replace(/\b(AND|OR|NOT|TO)\b/g, (operator) => operator.toLowerCase());
}

/** Refused records count too: the next page begins after all that came. */
function toPage<T>({ items, total }: WireList, offset: number, read: Read<T>): Page<T> {
  const end = offset + items.length;
  const more = items.length > 0 && (total === null || end < total);
  return { ...readEach(items, read), next: more ? String(end) : null, total };
}

function checkedList(body: unknown, entity: Entity): WireList {
  const list = readList(body, entity);
  if (list) return list;
  throw new ProviderError("musicbrainz", "garbled", `MusicBrainz answered with something else than a list of ${LISTS[entity]}.`);
}

function checkedMbid(id: string): string {
  const mbid = cleanMbid(id);
  if (mbid === null) throw badRequest(`"${id}" is not an id of MusicBrainz: copy it from the address of the page there.`);
  return mbid;
}

function checkedOffset(cursor: string | null): number {
  if (cursor === null) return 0;
  if (!/^\d{1,9}$/.test(cursor)) throw badRequest(`"${cursor}" is not a place in a list: begin again at its start.`);
  return Number(cursor);
}

function badRequest(message: string): ProviderError {
  return new ProviderError("musicbrainz", "bad_request", message);
}
