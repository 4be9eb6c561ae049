import type { ArtistRecord, Page, Records, SetlistRecord } from "#server/domain/provider-records.ts";
import { ProviderError, type ProviderAnswer, type ProviderHttp, type ProviderRequest } from "../http.ts";
import { dayToWire, instantToWire } from "./dates.ts";
import { toArtist, toPage, toSetlist } from "./to-domain.ts";
import { readArtist, readArtistPage, readSetlist, readSetlistPage } from "./wire.ts";

export const SETLISTFM_BASE = "https://api.setlist.fm/rest/1.0";

/** A version never changes, so its answer stays good: 30 days. */
const VERSION_FRESH_MS = 30 * 86_400_000;

export interface Ask {
  /** How long an answer may be used again without asking, ms. */
  freshMs?: number;
  signal?: AbortSignal;
}

export interface AskPage extends Ask {
  /** A page's number from 1 on, or the `next` of the page before; the first without it. */
  page?: string;
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

/** All reject with `ProviderError`, but what setlist.fm does not have (404) is empty. */
export interface SetlistFm {
  /** By name, the likeliest first. */
  searchArtists(name: string, ask?: AskPage): Promise<Page<ArtistRecord>>;
  /** By MBID. */
  artist(id: string, ask?: Ask): Promise<Records<ArtistRecord>>;
  /** The newest show first. */
  artistSetlists(artistId: string, ask?: AskSetlists): Promise<SetlistPage>;
  /** All pages from `ask.page` on; stops where the caller does, to go on later with the last one's `next`. */
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

function pageNumber(page = "1"): number {
  const number = /^\d{1,9}$/.test(page) ? Number(page) : 0;
  if (number === 0) throw badRequest(`${JSON.stringify(page)} is no page. Use a number from 1 on.`);
  return number;
}

function below(path: string, id: string): string {
  // "." and ".." would leave the path even when encoded.
  if (/^\.{0,2}$/.test(id)) throw badRequest(`${JSON.stringify(id)} is no id of setlist.fm.`);
  return `${path}/${encodeURIComponent(id)}`;
}

function headersWith(key: string | null): Record<string, string> {
  if (key) return { "x-api-key": key, accept: "application/json" };
  const message =
    "There is no key for setlist.fm. Get one at https://www.setlist.fm/settings/api and enter it in the settings.";
  throw new ProviderError("setlistfm", "not_allowed", message);
}

/** Null for 404. */
function asker(http: ProviderHttp, key: () => string | null) {
  return async (request: ProviderRequest): Promise<ProviderAnswer | null> => {
    try {
      return await http.request({ ...request, headers: headersWith(key()) });
    } catch (error) {
      if (error instanceof ProviderError && error.kind === "not_found") return null;
      throw error;
    }
  };
}

function emptyPage(page: number) {
  return { records: [], refused: [], next: null, total: page === 1 ? 0 : null };
}

/** Asks setlist.fm; `key` gives the API key of the moment, null while there is none. */
export function createSetlistFm(http: ProviderHttp, key: () => string | null): SetlistFm {
  const ask = asker(http, key);

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
    const { page, editedSince, ...rest } = options;
    const path = `${below("/artist", artistId)}/setlists`;
    if (editedSince === undefined) return setlistPage({ path, ...rest }, pageNumber(page));
    const query = { artistMbid: artistId, lastUpdated: instantToWire(editedSince) };
    return setlistPage({ path: "/search/setlists", query, ...rest }, pageNumber(page));
  }

  return {
    artistSetlists,

    async searchArtists(name, { page, ...rest } = {}) {
      const number = pageNumber(page);
      const query = { artistName: name, sort: "relevance", p: number };
      const answer = await ask({ path: "/search/artists", query, ...rest });
      if (!answer) return emptyPage(number);
      const wire = readArtistPage(answer.body);
      if (!wire) throw garbled(answer);
      return toPage(wire, number, toArtist);
    },

    async *artistSetlistPages(artistId, options = {}) {
      let page: string | null = options.page ?? "1";
      while (page !== null) {
        const found: SetlistPage = await artistSetlists(artistId, { ...options, page });
        yield found;
        page = found.next;
      }
    },

    async showSetlists({ artistId, localDate, ...place }, { page, ...rest } = {}) {
      const date = dayToWire(localDate);
      if (!date) throw badRequest(`${JSON.stringify(localDate)} is no day. Use yyyy-mm-dd.`);
      const query = { artistMbid: artistId, date, ...place };
      return setlistPage({ path: "/search/setlists", query, ...rest }, pageNumber(page));
    },

    artist: async (id, options) =>
      one({ path: below("/artist", id), ...options }, readArtist, toArtist),

    setlist: async (id, options) =>
      one({ path: below("/setlist", id), ...options }, readSetlist, toSetlist),

    setlistVersion: async (versionId, options) => {
      const path = below("/setlist/version", versionId);
      return one({ path, freshMs: VERSION_FRESH_MS, ...options }, readSetlist, toSetlist);
    },
  };
}
