import type { ArtistRecord, Page, Records, ShowRecord, VenueRecord } from "#server/domain/provider-records.ts";
import { ProviderError, type ProviderHttp } from "../http.ts";
import { readEach, refuse, shown, type Reading } from "../wire-values.ts";
import { MUSIC_SEGMENT } from "./classification.ts";
import {
  firstSlice,
  following,
  fromCursor,
  narrower,
  PAGE_SIZE,
  reachOf,
  sliceQuery,
  toCursor,
  UNSLICED,
  type Range,
  type Step,
} from "./slices.ts";
import type { Affiliate } from "./ticket-url.ts";
import { readArtist, readShow, readVenue } from "./to-domain.ts";
import { readWirePage, type WirePage } from "./wire.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ROOT = "/discovery/v2";

export interface Ask {
  /** How old an answer may be, ms; 0 for a new one. By default a day for venues and artists, an hour for searches, 0 for shows. */
  freshMs?: number;
  signal?: AbortSignal;
}

export interface AskShows extends Ask {
  /** Which shows: those that begin in it. Also what a list of more than 1,000 is cut by. */
  range: Range;
  /** `next` of the page before; null or absent for the first. */
  cursor?: string | null;
}

/** Where the shows are looked for. */
export type Place =
  | { city: string; countryCode: string; stateCode?: string }
  | { latitude: number; longitude: number; radiusKm: number };

/**
 * All reject with `ProviderError`: "bad_request" for what can't be asked, "garbled" for an answer of another
 * shape, else as `ProviderHttp` says. Records that can't be used are among `refused`.
 */
export interface Ticketmaster {
  /** Best match first. */
  searchArtists(name: string, ask?: Ask): Promise<Records<ArtistRecord>>;
  /** One record, or why it was refused. */
  artist(id: string, ask?: Ask): Promise<Records<ArtistRecord>>;
  /** One record, or why it was refused. */
  venue(id: string, ask?: Ask): Promise<Records<VenueRecord>>;
  /** One record, or why it was refused. */
  show(id: string, ask?: Ask): Promise<Records<ShowRecord>>;
  /**
   * An artist's shows, one request a page: all that are to come, dated or not, or where there are more than
   * 1,000 those of the range. A page may be empty though there is a next.
   */
  showsOfArtist(artistId: string, ask: AskShows): Promise<Page<ShowRecord>>;
  /** Shows at a place in the range, one request a page; only what Ticketmaster files under Music. */
  showsAt(place: Place, ask: AskShows): Promise<Page<ShowRecord>>;
}

type Query = Record<string, string | number | undefined>;

/**
 * Ticketmaster by way of `http`, whose base is `TICKETMASTER.base` and which adds the key to each request.
 * An affiliate's parameter goes to the addresses of ticket pages.
 */
export function createTicketmaster(http: ProviderHttp, { affiliate = null }: { affiliate?: Affiliate | null } = {}): Ticketmaster {
  const readEvent = (value: unknown) => readShow(value, affiliate);

  async function ask(path: string, query: Query, { freshMs, signal }: Ask): Promise<unknown> {
    // Without it Ticketmaster leaves out what is described in another language than English.
    return (await http.request({ path: `${ROOT}${path}`, query: { locale: "*", ...query }, freshMs, signal })).body;
  }

  async function lookUp<T>(kind: string, id: string, read: (value: unknown) => Reading<T>, how: Ask = {}) {
    return readEach([await ask(`/${kind}/${checkedId(id)}.json`, {}, how)], read);
  }

  async function listShows(query: Query, start: Step, { range, cursor, freshMs = 0, signal }: AskShows) {
    if (!(range.from < range.to)) throw badRequest("The range ends before it begins: give an end after its start.");
    const step = cursor ? checkedCursor(cursor) : start;
    const dates = { includeTBA: "yes", includeTBD: "yes", ...sliceQuery(step) };
    const paging = { sort: "date,asc", size: PAGE_SIZE, page: step.page };
    const body = await ask("/events.json", { ...query, ...dates, ...paging }, { freshMs, signal });
    return toPage(checkedPage(body, "events"), step, range, readEvent);
  }

  return {
    async searchArtists(name, how) {
      const keyword = shown(name);
      if (keyword === null) throw badRequest("There is no name to search for.");
      const query = { keyword, segmentId: MUSIC_SEGMENT, size: 20 };
      const body = await ask("/attractions.json", query, { freshMs: HOUR_MS, ...how });
      return readEach(checkedPage(body, "attractions").items, readArtist);
    },
    artist: async (id, how) => lookUp("attractions", id, readArtist, { freshMs: DAY_MS, ...how }),
    venue: async (id, how) => lookUp("venues", id, readVenue, { freshMs: DAY_MS, ...how }),
    show: async (id, how) => lookUp("events", id, readEvent, { freshMs: 0, ...how }),
    showsOfArtist: async (artistId, how) => listShows({ attractionId: checkedId(artistId) }, UNSLICED, how),
    showsAt: async (place, how) => listShows({ segmentId: MUSIC_SEGMENT, ...placeQuery(place) }, firstSlice(how.range), how),
  };
}

function placeQuery(place: Place): Query {
  if ("city" in place) return { city: place.city, stateCode: place.stateCode, countryCode: place.countryCode };
  const radius = Math.min(Math.max(1, Math.round(place.radiusKm)), 19_999);
  return { latlong: `${place.latitude.toFixed(5)},${place.longitude.toFixed(5)}`, radius, unit: "km" };
}

/** Nothing is taken of a list that is too long: its parts bring all of it. */
function toPage(
  { items, total: said, size: saidSize }: WirePage,
  step: Step,
  range: Range,
  read: (value: unknown) => Reading<ShowRecord>,
): Page<ShowRecord> {
  const size = Math.min(saidSize || PAGE_SIZE, PAGE_SIZE);
  const total = said ?? step.page * size + items.length + (items.length >= size ? 1 : 0);
  const reach = reachOf(size);
  const parts = total > reach ? narrower(step, range) : null;
  const inAll = step.slice ? null : said;
  if (parts) return { records: [], refused: [], next: toCursor(parts), total: inAll };
  const next = following(step, { total, size });
  const { records, refused } = readEach(items, read);
  const unreached = total > reach && (step.page + 1) * size >= reach ? [tooMany(total, reach)] : [];
  return { records, refused: [...refused, ...unreached], next: next ? toCursor(next) : null, total: inAll };
}

function tooMany(total: number, reach: number) {
  return refuse("malformed", null, `${total} events begin in one minute; Ticketmaster gives out the first ${reach}.`).refusal;
}

function checkedPage(body: unknown, of: "events" | "attractions"): WirePage {
  const page = readWirePage(body, of);
  if (!page) throw new ProviderError("ticketmaster", "garbled", `Ticketmaster answered with something else than a list of ${of}.`);
  return page;
}

function checkedId(id: string): string {
  if (!/^[\w-]{1,64}$/.test(id)) throw badRequest(`"${id}" is not an id of Ticketmaster: copy it from the API's answer.`);
  return id;
}

function checkedCursor(cursor: string): Step {
  const step = fromCursor(cursor);
  if (!step) throw badRequest(`"${cursor}" is not a place in a list: begin again at its start.`);
  return step;
}

function badRequest(message: string): ProviderError {
  return new ProviderError("ticketmaster", "bad_request", message);
}
