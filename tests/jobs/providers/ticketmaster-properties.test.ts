import fc from "fast-check";
import { expect, test } from "vitest";
import { createTicketmaster } from "#jobs/providers/ticketmaster/client.ts";
import { ProviderError } from "#jobs/providers/http.ts";
import { explain } from "#jobs/providers/ticketmaster/explain.ts";
import { following, fromCursor, narrower, PAGE_SIZE, reachOf, toCursor } from "#jobs/providers/ticketmaster/slices.ts";
import { readArtist, readShow, readVenue } from "#jobs/providers/ticketmaster/to-domain.ts";
import type { ArtistRecord, ShowRecord, VenueRecord } from "#server/domain/provider-records.ts";
import { anyJson, isSeen, spoilt } from "./spoilt.ts";
import { attraction, event, eventsPage, venue } from "./ticketmaster-answers.ts";

const RUNS = { numRuns: 500 };

function checkVenue({ id, name, latitude, longitude }: VenueRecord): void {
  expect(isSeen(id) && isSeen(name)).toBe(true);
  expect(Number.isFinite(latitude) || latitude === null).toBe(true);
  expect((latitude === null) === (longitude === null)).toBe(true);
}

function checkArtist({ id, name, aliases, genres, sameAs }: ArtistRecord): void {
  expect([id, name, ...aliases, ...genres, ...sameAs.map((other) => other.id)].every(isSeen)).toBe(true);
}

function checkShow(show: ShowRecord): void {
  expect([show.id, show.name, ...show.artists.flatMap(({ id, name }) => [id, name])].every(isSeen)).toBe(true);
  if (show.venue) checkVenue(show.venue);
  if (show.localDate !== null) expect(new Date(`${show.localDate}T00:00:00Z`).toISOString().slice(0, 10)).toBe(show.localDate);
  if (show.localDate === null) expect([show.localTime, show.startsAt]).toEqual([null, null]);
  if (show.ticketUrl !== null) expect(show.ticketUrl).toMatch(/^https?:/);
}

test("any JSON as an event is a whole show or refused with a reason", () => {
  fc.assert(
    fc.property(fc.oneof(anyJson, spoilt(event)), (value) => {
      const reading = readShow(value);
      if ("record" in reading) checkShow(reading.record);
      else expect(isSeen(reading.refusal.detail)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("any JSON as an attraction is a whole artist or refused", () => {
  fc.assert(
    fc.property(fc.oneof(anyJson, spoilt(attraction)), (value) => {
      const reading = readArtist(value);
      if ("record" in reading) checkArtist(reading.record);
    }),
    RUNS,
  );
});

test("any JSON as a venue is a whole venue or refused", () => {
  fc.assert(
    fc.property(fc.oneof(anyJson, spoilt(venue)), (value) => {
      const reading = readVenue(value);
      if ("record" in reading) checkVenue(reading.record);
    }),
    RUNS,
  );
});

test("any JSON as an answer is a page or garbled, and its next page can be asked for", async () => {
  const range = { from: Date.UTC(2027, 0, 1), to: Date.UTC(2028, 0, 1) };
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyJson, spoilt(eventsPage([event, { ...event, id: "e2" }]))), async (body) => {
      const client = createTicketmaster({ request: async () => ({ status: 200, body, unchanged: false }) });
      try {
        const page = await client.showsOfArtist("K8v", { range });
        page.records.forEach(checkShow);
        if (page.next !== null) expect(fromCursor(page.next)).not.toBeNull();
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        expect(error.kind).toBe("garbled");
      }
    }),
    RUNS,
  );
});

test("any JSON as an error is explained or not, without a throw", () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), fc.oneof(anyJson, spoilt({ errors: [{ code: "DIS1004", status: "404" }] })), (status, body) => {
      expect(explain(status, body, new Headers({ "rate-limit-reset": "x" }))?.message ?? "none").not.toBe("");
    }),
    RUNS,
  );
});

test("any text as a cursor is one of ours or none", () => {
  const instant = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }).map((date) => date.toISOString());
  const close = fc.tuple(instant, instant, instant, fc.nat(1200)).map((parts) => parts.join("~"));
  fc.assert(
    fc.property(fc.oneof(fc.string(), close), (text) => {
      const step = fromCursor(text);
      if (step?.slice && step.end !== null) expect(step.slice.from < step.slice.to && step.slice.to <= step.end).toBe(true);
    }),
    RUNS,
  );
});

test("slices follow each other without gap or overlap, to the end, whatever each holds", () => {
  const MINUTE = 60_000;
  const range = { from: Date.UTC(2027, 0, 1), to: Date.UTC(2027, 0, 1) + 100_000 * MINUTE };
  fc.assert(
    fc.property(fc.infiniteStream(fc.integer({ min: 0, max: 1500 })), (totals) => {
      let step = narrower({ slice: null, page: 0, end: null }, range);
      let reached = range.from;
      for (let asked = 0; step !== null && asked < 3000; asked++) {
        expect(fromCursor(toCursor(step))).toEqual(step);
        const total = totals.next().value as number;
        const parts = total > reachOf(PAGE_SIZE) ? narrower(step, range) : null;
        expect(step.slice!.from).toBe(reached);
        if (parts) {
          step = parts;
          continue;
        }
        const end = step.slice!.to;
        const next = following({ ...step, page: 4 }, { total, size: PAGE_SIZE });
        reached = end;
        if (next === null) expect(end).toBe(range.to);
        step = next;
      }
    }),
    { numRuns: 100 },
  );
});
