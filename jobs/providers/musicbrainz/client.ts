import type { AlbumRecord, ArtistRecord, Page, Records, SongRecord, WorkRecord } from "#server/domain/provider-records.ts";
import { ProviderError, type ProviderHttp } from "../http.ts";
import { cleanMbid, cleanText } from "./names.ts";
import { MUSICBRAINZ } from "./terms.ts";
import { toAlbums, toArtists, toSongs, toWorks } from "./to-domain.ts";
import { LISTS, readList, type Entity } from "./wire.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
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
 * shape, else as `ProviderHttp` says. Records that can't be used are among `refused`.
 */
export interface MusicBrainz {
  /** Best match first. */
  searchArtists(name: string, ask?: AskPage): Promise<Page<ArtistRecord>>;
  /** One record, or why it was refused. Its id is another than the one asked for where two were merged. */
  artist(id: string, ask?: Ask): Promise<Records<ArtistRecord>>;
  /** One record, or why it was refused. Its id is another than the one asked for where two were merged. */
  recording(id: string, ask?: Ask): Promise<Records<SongRecord>>;
  /** What the artist is credited for, guest appearances too. */
  recordings(artistId: string, ask?: AskPage): Promise<Page<SongRecord>>;
  /** What the artist wrote or recorded. */
  works(artistId: string, ask?: AskPage): Promise<Page<WorkRecord>>;
  /** Albums, singles and the like, each once for all its editions. */
  albums(artistId: string, ask?: AskPage): Promise<Page<AlbumRecord>>;
}

function badRequest(message: string): ProviderError {
  return new ProviderError("musicbrainz", "bad_request", message);
}

function checkedMbid(id: string): string {
  const mbid = cleanMbid(id);
  if (mbid === null) throw badRequest(`"${id}" is not an id of MusicBrainz: copy it from the address of the artist's page there.`);
  return mbid;
}

function checkedOffset(cursor: string | null): number {
  if (cursor === null) return 0;
  if (!/^\d{1,9}$/.test(cursor)) throw badRequest(`"${cursor}" is not a place in a list: begin again at its start.`);
  return Number(cursor);
}

/** Words as Lucene takes them literally: its operators are escaped, or lose their capitals. */
export function luceneWords(name: string): string {
  return (cleanText(name) ?? "")
    .slice(0, LONGEST_QUERY)
    .toWellFormed()
    .replace(/[-+&|!(){}[\]^"~*?:\\/]/g, "\\$&")
    .replace(/\b(AND|OR|NOT|TO)\b/g, (operator) => operator.toLowerCase());
}

/** Refused records count too: the next page begins after all that came. */
function toPage<T>(body: unknown, entity: Entity, offset: number, convert: (items: unknown[]) => Records<T>): Page<T> {
  const list = readList(body, entity);
  if (!list) {
    throw new ProviderError("musicbrainz", "garbled", `MusicBrainz answered with something else than a list of ${LISTS[entity]}.`);
  }
  const { items, total } = list;
  const end = offset + items.length;
  const more = items.length > 0 && (total === null || end < total);
  return { ...convert(items), next: more ? String(end) : null, total };
}

/** MusicBrainz by way of `http`, whose base is `MUSICBRAINZ.base` and whose User-Agent is `userAgent(…)`. */
export function createMusicBrainz(http: ProviderHttp): MusicBrainz {
  type Query = Record<string, string | number>;

  async function ask(path: string, query: Query, { freshMs = DAY_MS, signal }: Ask): Promise<unknown> {
    const { body } = await http.request({ path, query: { ...query, fmt: "json" }, freshMs, signal });
    return body;
  }

  /** `inc` is separated by spaces, which arrive as the documented plus signs. */
  async function lookUp<T>(entity: Entity, id: string, inc: string, convert: (items: unknown[]) => Records<T>, how: Ask = {}) {
    return convert([await ask(`/${entity}/${checkedMbid(id)}`, { inc }, how)]);
  }

  async function list<T>(entity: Entity, query: Query, convert: (items: unknown[]) => Records<T>, how: AskPage = {}) {
    const offset = checkedOffset(how.cursor ?? null);
    const limit = Math.min(MUSICBRAINZ.pageSize, Math.max(1, Math.trunc(how.limit ?? MUSICBRAINZ.pageSize)));
    return toPage(await ask(`/${entity}`, { ...query, limit, offset }, how), entity, offset, convert);
  }

  return {
    async searchArtists(name, how) {
      const query = luceneWords(name);
      if (query === "") throw badRequest("There is no name to search for.");
      return list("artist", { query }, toArtists, { freshMs: HOUR_MS, ...how });
    },
    artist: async (id, how) => lookUp("artist", id, "url-rels aliases genres", toArtists, how),
    recording: async (id, how) => lookUp("recording", id, "artist-credits isrcs work-rels", toSongs, how),
    recordings: async (artistId, how) =>
      list("recording", { artist: checkedMbid(artistId), inc: "artist-credits isrcs work-rels" }, toSongs, how),
    works: async (artistId, how) => list("work", { artist: checkedMbid(artistId), inc: "aliases" }, toWorks, how),
    albums: async (artistId, how) => list("release-group", { artist: checkedMbid(artistId) }, toAlbums, how),
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
