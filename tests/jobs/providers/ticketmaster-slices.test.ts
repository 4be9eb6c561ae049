import { describe, expect, test } from "vitest";
import type { ProviderHttp, ProviderRequest } from "#jobs/providers/http.ts";
import { createTicketmaster, type Ticketmaster } from "#jobs/providers/ticketmaster/client.ts";
import type { Page, ShowRecord } from "#server/domain/provider-records.ts";
import { dated, event, eventsPage } from "./ticketmaster-answers.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FROM = Date.UTC(2027, 0, 1);
const range = { from: FROM, to: FROM + 365 * DAY };

interface Listed {
  id: string;
  /** Epoch ms; null for one without a date. */
  at: number | null;
}

const utc = (instant: number) => `${new Date(instant).toISOString().slice(0, 19)}Z`;

/** A shop that lists events as Ticketmaster does, and refuses what lies too deep. */
function shop(listed: Listed[], { boundsCount = true, most = 200 } = {}) {
  const asked: ProviderRequest[] = [];
  const inside = (at: number | null, from: string | null, to: string | null) => {
    if (at === null) return from === null && to === null;
    const [first, last] = [from ? Date.parse(from) : -Infinity, to ? Date.parse(to) : Infinity];
    return boundsCount ? at >= first && at <= last : at > first && at < last;
  };
  const http: ProviderHttp = {
    request: async (request) => {
      asked.push(request);
      const { startDateTime, endDateTime, size: wanted, page } = request.query as { startDateTime?: string; endDateTime?: string; size: number; page: number };
      if (wanted * page >= 1000) throw new Error(`Too deep: ${wanted} × ${page}`);
      const size = Math.min(wanted, most);
      const found = listed.filter(({ at }) => inside(at, startDateTime ?? null, endDateTime ?? null));
      const events = found.toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity)).slice(size * page, size * (page + 1));
      const body = eventsPage(events.map(toEvent), { total: found.length, size, number: page });
      return { status: 200, body, unchanged: false };
    },
  };
  return { asked, client: createTicketmaster(http) };
}

function toEvent({ id, at }: Listed) {
  if (at === null) return { ...dated({ dateTBA: true }), id };
  return { ...dated({ ...event.dates.start, localDate: utc(at).slice(0, 10), dateTime: utc(at) }), id };
}

/** All pages, each asked for by a client that knows of no other: only the cursor goes from one to the next. */
async function all(read: (cursor: string | null) => Promise<Page<ShowRecord>>) {
  const pages: Page<ShowRecord>[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await read(cursor);
    pages.push(page);
    if (page.next === null) return pages;
    cursor = page.next;
    if (pages.length > 2000) throw new Error("This never ends.");
  }
}

const ids = (pages: Page<ShowRecord>[]) => pages.flatMap(({ records }) => records.map(({ id }) => id));
const place = { city: "Portland", countryCode: "US" };
const at = (client: Ticketmaster, whole = range) => all((cursor) => client.showsAt(place, { range: whole, cursor }));

/** 5,000 events over a year: thick and thin weeks, 2,400 on one day, 900 in one minute of it, and on every bound. */
function catalogue(): Listed[] {
  const listed: Listed[] = [];
  const add = (instant: number) => listed.push({ id: `e${listed.length}`, at: instant });
  const thick = FROM + 100 * DAY;
  for (let i = 0; i < 900; i++) add(thick + 20 * 60 * MINUTE);
  for (let i = 0; i < 1500; i++) add(thick + ((i * 37) % 1440) * MINUTE);
  add(range.from);
  add(range.to - MINUTE);
  for (let i = 0; listed.length < 5000; i++) add(FROM + ((i * i * 1733) % (365 * 1440)) * MINUTE);
  return listed;
}

describe("a list of 5,000 events", () => {
  test.each([
    ["counts its bounds in", true],
    ["counts its bounds out", false],
  ])("comes whole, each event once, from a provider that %s", async (_, boundsCount) => {
    const listed = catalogue();
    const { asked, client } = shop(listed, { boundsCount });
    const found = ids(await at(client));
    expect(found).toHaveLength(5000);
    expect(new Set(found)).toEqual(new Set(listed.map(({ id }) => id)));
    expect(asked.every(({ query }) => Number(query?.size) * Number(query?.page) < 1000)).toBe(true);
  });

  test("comes whole from a provider that sends shorter pages than asked for", async () => {
    const listed = catalogue().filter((_, i) => i % 5 === 0);
    const found = ids(await at(shop(listed, { most: 70 }).client));
    expect(found).toHaveLength(1000);
    expect(new Set(found).size).toBe(1000);
  });

  test("costs few more requests than it has pages", async () => {
    const { asked, client } = shop(catalogue());
    await at(client);
    expect(asked.length).toBeLessThanOrEqual(60);
  });

  test("goes on where it died, whoever asks", async () => {
    const listed = catalogue();
    const first = await at(shop(listed).client);
    const half = first.slice(0, Math.floor(first.length / 2));
    const rest = await all((cursor) => shop(listed).client.showsAt(place, { range: { from: FROM + 3 * DAY, to: FROM + 400 * DAY }, cursor: cursor ?? half.at(-1)!.next }));
    expect([...ids(half), ...ids(rest)]).toEqual(ids(first));
  });
});

test("more in one minute than can be reached is told, and the rest still comes", async () => {
  const listed = [...Array(1100).keys()].map((i) => ({ id: `m${i}`, at: FROM + DAY }));
  listed.push({ id: "later", at: FROM + 2 * DAY });
  const pages = await at(shop(listed).client, { from: FROM, to: FROM + 3 * DAY });
  expect(ids(pages)).toHaveLength(1001);
  expect(ids(pages)).toContain("later");
  expect(pages.flatMap(({ refused }) => refused)).toEqual([
    { reason: "malformed", id: null, detail: "1100 events begin in one minute; Ticketmaster gives out the first 1000." },
  ]);
});

test("a list that grows past the reach while it is read is read in parts, and nothing is lost", async () => {
  const listed: Listed[] = [...Array(990).keys()].map((i) => ({ id: `g${i}`, at: FROM + i * MINUTE }));
  const { client } = shop(listed);
  const first = await client.showsAt(place, { range });
  for (let i = 0; i < 500; i++) listed.push({ id: `n${i}`, at: FROM + (i + 1000) * MINUTE });
  const rest = await all((cursor) => client.showsAt(place, { range, cursor: cursor ?? first.next }));
  expect(new Set([...ids([first]), ...ids(rest)]).size).toBe(1490);
});

describe("an artist's shows", () => {
  test("are asked for without dates, so that those without one come too", async () => {
    const listed: Listed[] = [...Array(450).keys()].map((i) => ({ id: `a${i}`, at: i % 3 ? FROM + i * DAY : null }));
    const { asked, client } = shop(listed);
    const pages = await all((cursor) => client.showsOfArtist("K8vZ1", { range, cursor }));
    expect(new Set(ids(pages)).size).toBe(450);
    expect(pages.map(({ total }) => total)).toEqual([450, 450, 450]);
    expect(asked.map(({ query }) => [query?.startDateTime, query?.page])).toEqual([[undefined, 0], [undefined, 1], [undefined, 2]]);
  });

  test("are sliced by date where they are too many", async () => {
    const listed: Listed[] = [...Array(1900).keys()].map((i) => ({ id: `a${i}`, at: FROM + i * 60 * MINUTE }));
    const pages = await all((cursor) => shop(listed).client.showsOfArtist("K8vZ1", { range, cursor }));
    expect(pages[0]).toMatchObject({ records: [], total: 1900 });
    expect(ids(pages)).toHaveLength(1900);
    expect(new Set(ids(pages)).size).toBe(1900);
  });

  test("are none where there are none", async () => {
    expect(await all((cursor) => shop([]).client.showsOfArtist("K8vZ1", { range, cursor }))).toEqual([
      { records: [], refused: [], next: null, total: 0 },
    ]);
  });
});
