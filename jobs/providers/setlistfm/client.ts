import type { ArtistRecord, Page, Records, SetlistRecord } from "#server/domain/provider-records.ts";
import { ProviderError, type ProviderAnswer, type ProviderHttp, type ProviderRequest } from "../http.ts";
import { dayToWire, instantToWire } from "./dates.ts";
import { SETLISTFM } from "./terms.ts";
import { toArtist, toPage, toSetlist } from "./to-domain.ts";
import { readArtist, readArtistPage, readSetlist, readSetlistPage } from "./wire.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A version never changes. */
const VERSION_FRESH_MS = 30 * DAY_MS;

export interface Ask {
  /**
   * How old an answer may be, ms; 0 for a new one. By default an hour for searches of artists, a day for an
   * artist, 30 days for a version, 0 for setlists: they are edited at any time.
   */
  freshMs?: number;
  signal?: AbortSignal;
}

export interface AskPage extends Ask {
  /** `next` of the page before, or a page's number from 1 on; null or absent for the first. */
  cursor?: string | null;
}

export interface AskSetlists extends AskPage {
  /** Only those edited since, epoch ms. */
  editedSince?: number;
}

export interface SetlistPage extends Page<SetlistRecord> {
  /** This page's number. */
  page: string;
  /** The same as when it was last asked for. */
  unchanged: boolean;
}

/** A show as setlist.fm can find it; the place tells apart two shows of one day. */
export interface ShowSought {
  /** MBID. */
  artistId: string;
  /** yyyy-mm-dd. */
  localDate: string;
  /** setlist.fm's id. */
  venueId?: string;
  venueName?: string;
  /** Number at GeoNames. */
  cityId?: string;
  cityName?: string;
  /** ISO 3166-1 alpha-2. */
  countryCode?: string;
}

/**
 * All reject with `ProviderError`: "bad_request" for what can't be asked, "garbled" for an answer of another
 * shape, else as `ProviderHttp` says. What setlist.fm does not have is empty: it answers 404 for "no results".
 * Records that can't be used are among `refused`, as are songs and venues that a setlist goes without.
 */
export interface SetlistFm {
  /** By name, the likeliest first. */
  searchArtists(name: string, ask?: AskPage): Promise<Page<ArtistRecord>>;
  /** By MBID. */
  artist(id: string, ask?: Ask): Promise<Records<ArtistRecord>>;
  /** The newest show first. */
  artistSetlists(artistId: string, ask?: AskSetlists): Promise<SetlistPage>;
  /**
   * Page after page from `cursor` on, each asked for when the one before is done with. To go on after a stop
   * begin with the `next` of the last page that was dealt with.
   */
  artistSetlistPages(artistId: string, ask?: AskSetlists): AsyncGenerator<SetlistPage, void>;
  showSetlists(show: ShowSought, ask?: AskPage): Promise<SetlistPage>;
  /** As it is now. */
  setlist(id: string, ask?: Ask): Promise<Records<SetlistRecord>>;
  /** As it was in that version. */
  setlistVersion(versionId: string, ask?: Ask): Promise<Records<SetlistRecord>>;
}

function garbled({ status }: ProviderAnswer): ProviderError {
  const message = "setlist.fm answered something that is not what was asked for. Try again later.";
  return new ProviderError("setlistfm", "garbled", message, { status });
}

function badRequest(message: string): ProviderError {
  return new ProviderError("setlistfm", "bad_request", message);
}

function pageNumber(cursor: string | null = null): number {
  const number = /^\d{1,9}$/.test(cursor ?? "1") ? Number(cursor ?? 1) : 0;
  if (number > 0) return number;
  throw badRequest(`${JSON.stringify(cursor)} is not a page of a list: begin again with 1.`);
}

function below(path: string, id: string): string {
  // "." and ".." would leave the path even when encoded.
  if (/^\.{0,2}$/.test(id)) throw badRequest(`${JSON.stringify(id)} is not an id of setlist.fm: copy it from the address of the page there.`);
  return `${path}/${encodeURIComponent(id.toWellFormed())}`;
}

/** Null for 404. */
async function askOf(http: ProviderHttp, request: ProviderRequest): Promise<ProviderAnswer | null> {
  try {
    return await http.request({ ...request, headers: { accept: "application/json" } });
  } catch (error) {
    if (error instanceof ProviderError && error.kind === "not_found") return null;
    throw error;
  }
}

function emptyPage(page: number) {
  return { records: [], refused: [], next: null, total: page === 1 ? 0 : null };
}

/**
 * What goes with each request, for `ProviderHttp`; `key` gives the API key of the moment. Throws
 * `ProviderError` "not_allowed" while there is none.
 */
export function setlistFmCredentials(key: () => string | null): () => { headers: Record<string, string> } {
  return () => {
    const apiKey = key();
    if (apiKey) return { headers: { "x-api-key": apiKey } };
    const message = `There is no key for setlist.fm. Get one at ${SETLISTFM.keys} and enter it in the settings.`;
    throw new ProviderError("setlistfm", "not_allowed", message);
  };
}

/** setlist.fm by way of `http`, whose base is `SETLISTFM.base` and whose credentials are `setlistFmCredentials(…)`. */
export function createSetlistFm(http: ProviderHttp): SetlistFm {
  const ask = (request: ProviderRequest) => askOf(http, request);

  async function setlistPage(request: ProviderRequest, page: number): Promise<SetlistPage> {
    const answer = await ask({ ...request, query: { ...request.query, p: page } });
    if (!answer) return { ...emptyPage(page), page: String(page), unchanged: false };
    const wire = readSetlistPage(answer.body);
    if (!wire) throw garbled(answer);
    return { ...toPage(wire, page, toSetlist), page: String(page), unchanged: answer.unchanged };
  }

  async function one<W, T>(
    request: ProviderRequest,
    read: (body: unknown) => W | null,
    convert: (wire: W) => Records<T>,
  ): Promise<Records<T>> {
    const answer = await ask(request);
    if (!answer) return { records: [], refused: [] };
    const wire = read(answer.body);
    if (wire === null) throw garbled(answer);
    return convert(wire);
  }

  async function artistSetlists(artistId: string, options: AskSetlists = {}) {
    const { cursor, editedSince, ...rest } = options;
    const path = `${below("/artist", artistId)}/setlists`;
    if (editedSince === undefined) return setlistPage({ path, ...rest }, pageNumber(cursor));
    const lastUpdated = instantToWire(editedSince);
    if (!lastUpdated) throw badRequest(`${editedSince} is not an instant. Use epoch ms.`);
    const query = { artistMbid: artistId, lastUpdated };
    return setlistPage({ path: "/search/setlists", query, ...rest }, pageNumber(cursor));
  }

  return {
    artistSetlists,

    async searchArtists(name, { cursor, ...rest } = {}) {
      const number = pageNumber(cursor);
      const query = { artistName: name, sort: "relevance", p: number };
      const answer = await ask({ path: "/search/artists", query, freshMs: HOUR_MS, ...rest });
      if (!answer) return emptyPage(number);
      const wire = readArtistPage(answer.body);
      if (!wire) throw garbled(answer);
      return toPage(wire, number, toArtist);
    },

    async *artistSetlistPages(artistId, options = {}) {
      let cursor: string | null = options.cursor ?? "1";
      while (cursor !== null) {
        const page: SetlistPage = await artistSetlists(artistId, { ...options, cursor });
        yield page;
        cursor = page.next;
      }
    },

    async showSetlists(show, { cursor, ...rest } = {}) {
      const { artistId: artistMbid, venueId, venueName, cityId, cityName, countryCode } = show;
      const date = dayToWire(show.localDate);
      if (!date) throw badRequest(`${JSON.stringify(show.localDate)} is not a day. Use yyyy-mm-dd.`);
      const query = { artistMbid, date, venueId, venueName, cityId, cityName, countryCode };
      return setlistPage({ path: "/search/setlists", query, ...rest }, pageNumber(cursor));
    },

    artist: async (id, options) =>
      one({ path: below("/artist", id), freshMs: DAY_MS, ...options }, readArtist, toArtist),

    setlist: async (id, options) =>
      one({ path: below("/setlist", id), ...options }, readSetlist, toSetlist),

    setlistVersion: async (versionId, options) => {
      const path = below("/setlist/version", versionId);
      return one({ path, freshMs: VERSION_FRESH_MS, ...options }, readSetlist, toSetlist);
    },
  };
}
