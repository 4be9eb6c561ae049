import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ARTIST_EVERY,
  NEVER,
  nextCheck,
  SHOW_EVERY,
  VENUE_EVERY,
  type ArtistFacts,
  type ShowFacts,
  type VenueFacts,
} from "#server/domain/freshness.ts";
import { endOfLocalDay, localDateAt } from "#server/domain/show-time.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = Date.parse("2026-06-13T12:00:00Z");

const artist = (facts: Partial<ArtistFacts> = {}): ArtistFacts => ({ id: 7, checkedAt: now, interest: 0, nextShowAt: null, lastShowAt: null, ...facts });
const venue = (facts: Partial<VenueFacts> = {}): VenueFacts => ({ id: 7, checkedAt: now, nextShowAt: null, ...facts });

function show(startsAt: number, facts: Partial<ShowFacts> = {}): ShowFacts {
  const timeZone = facts.timeZone ?? "Europe/Berlin";
  return { id: 7, checkedAt: now, status: "upcoming", startsAt, localDate: localDateAt(startsAt, timeZone), timeZone, ...facts };
}

/** The due time lies within an interval's fifth before its end. */
function expectAfter(due: number, every: number) {
  expect(due - now).toBeLessThanOrEqual(every);
  expect(due - now).toBeGreaterThanOrEqual(Math.floor(every * 0.8));
}

it("what was never looked at is due at once", () => {
  expect(nextCheck("artist", artist({ checkedAt: null }), now)).toBe(now);
  expect(nextCheck("venue", venue({ checkedAt: null }), now)).toBe(now);
  expect(nextCheck("show", show(now + 90 * DAY, { checkedAt: null }), now)).toBe(now);
});

describe("an artist", () => {
  it.each([
    ["nobody asks for: every two weeks", {}, 14 * DAY],
    ["one fan votes for", { interest: 1 }, 7 * DAY],
    ["a thousand votes a week", { interest: 1023 }, (14 / 11) * DAY],
    ["with a show in three weeks", { nextShowAt: now + 21 * DAY }, 3 * DAY],
    ["with a show tonight", { nextShowAt: now + 8 * HOUR }, 12 * HOUR],
    ["who has just played", { lastShowAt: now - 5 * HOUR }, 12 * HOUR],
    ["who played four days ago", { lastShowAt: now - 4 * DAY }, 2 * DAY],
    ["who played last year", { lastShowAt: now - 365 * DAY }, 14 * DAY],
  ])("%s", (_who, facts, every) => {
    expectAfter(nextCheck("artist", artist(facts), now), every);
  });

  it("not looked at for long is overdue by as much", () => {
    const late = nextCheck("artist", artist({ checkedAt: now - 30 * DAY }), now);
    expect(late).toBeLessThan(now - 15 * DAY);
  });
});

describe("a show", () => {
  it.each([
    ["far away: daily", 90 * DAY, DAY],
    ["in its last week: every six hours", 5 * DAY, 6 * HOUR],
    ["on its day: every hour", 7 * HOUR, HOUR],
    ["that has begun: every hour until it is over", -HOUR, HOUR],
  ])("%s", (_when, until, every) => {
    expectAfter(nextCheck("show", show(now + until), now), every);
  });

  it("is looked at as its last week and its day begin, however long ago that was settled", () => {
    const inAWeek = nextCheck("show", show(now + 7 * DAY + 8 * HOUR), now);
    expect(inAWeek - now).toBeGreaterThanOrEqual(8 * HOUR);
    expect(inAWeek - now).toBeLessThanOrEqual(8 * HOUR + 0.2 * 6 * HOUR);
    const midnight = endOfLocalDay("2026-06-13", "Europe/Berlin");
    const eve = nextCheck("show", show(midnight + 20 * HOUR, { checkedAt: midnight - HOUR }), midnight);
    expect(eve - midnight).toBeGreaterThanOrEqual(0);
    expect(eve - midnight).toBeLessThanOrEqual(0.2 * HOUR);
  });

  it("of a night with many is not due with all of them as their last week begins", () => {
    const due = Array.from({ length: 50 }, (_, id) => nextCheck("show", show(now + 7 * DAY + 8 * HOUR, { id }), now));
    expect(new Set(due).size).toBeGreaterThan(45);
    expect(Math.max(...due) - Math.min(...due)).toBeGreaterThan(0.15 * 6 * HOUR);
  });

  it("without a start goes by its local day", () => {
    expectAfter(nextCheck("show", show(now, { startsAt: null }), now), HOUR);
    expectAfter(nextCheck("show", show(now + 5 * DAY, { startsAt: null }), now), 6 * HOUR);
  });

  it("that is over is not looked at again, checked or not", () => {
    expect(nextCheck("show", show(now - DAY, { status: "completed" }), now)).toBe(NEVER);
    expect(nextCheck("show", show(now - DAY, { status: "completed", checkedAt: null }), now)).toBe(NEVER);
  });

  it("that is cancelled is looked at weekly until its day is over", () => {
    expectAfter(nextCheck("show", show(now + 60 * DAY, { status: "cancelled" }), now), 7 * DAY);
    expect(nextCheck("show", show(now + 2 * DAY, { status: "cancelled" }), now)).toBe(NEVER);
    expect(nextCheck("show", show(now - 2 * DAY, { status: "cancelled", checkedAt: null }), now)).toBe(NEVER);
  });

  it("that is postponed is looked at every three days, for a year after its old date", () => {
    expectAfter(nextCheck("show", show(now - 100 * DAY, { status: "postponed" }), now), 3 * DAY);
    expect(nextCheck("show", show(now - 366 * DAY, { status: "postponed" }), now)).toBe(NEVER);
  });
});

describe("a venue", () => {
  it.each([
    ["without shows: monthly", null, 30 * DAY],
    ["with a show in two weeks: weekly", now + 14 * DAY, 7 * DAY],
    ["with a show tonight", now + HOUR, 3 * DAY],
  ])("%s", (_which, nextShowAt, every) => {
    expectAfter(nextCheck("venue", venue({ nextShowAt }), now), every);
  });
});

it("a thousand that came in together are due all over the last fifth of their interval", () => {
  const tenths = new Array<number>(10).fill(0);
  for (let id = 1; id <= 1000; id++) {
    const early = (now + 14 * DAY - nextCheck("artist", artist({ id }), now)) / (0.2 * 14 * DAY);
    tenths[Math.min(9, Math.floor(early * 10))]! += 1;
  }
  expect(Math.min(...tenths)).toBeGreaterThan(60);
  expect(Math.max(...tenths)).toBeLessThan(140);
});

describe("for all", () => {
  const id = fc.integer({ min: 1, max: 1_000_000 });
  const ago = fc.integer({ min: 0, max: 400 * DAY });
  const until = fc.integer({ min: -10 * DAY, max: 400 * DAY });
  const interest = fc.integer({ min: 0, max: 10_000_000 });
  const zone = fc.constantFrom("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC");
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

  it("artists: within their bounds after the last check, the same each time, and a whole number", () => {
    fc.assert(
      fc.property(id, ago, interest, maybe(until), maybe(ago), (id, checked, interest, next, last) => {
        const facts = { id, checkedAt: now - checked, interest, nextShowAt: next === null ? null : now + next, lastShowAt: last === null ? null : now - last };
        const due = nextCheck("artist", facts, now);
        expect(due - facts.checkedAt).toBeGreaterThanOrEqual(ARTIST_EVERY.least * 0.8);
        expect(due - facts.checkedAt).toBeLessThanOrEqual(ARTIST_EVERY.most);
        expect(Number.isSafeInteger(due)).toBe(true);
        expect(nextCheck("artist", facts, now)).toBe(due);
      }),
    );
  });

  it("artists: a nearer show, a fresher past show and more interest never make it later", () => {
    fc.assert(
      fc.property(id, ago, fc.tuple(interest, interest), fc.tuple(maybe(until), until), maybe(ago), (id, checked, [a, b], [far, near], last) => {
        const facts = { id, checkedAt: now - checked, lastShowAt: last === null ? null : now - last };
        const later = nextCheck("artist", { ...facts, interest: Math.min(a, b), nextShowAt: far === null ? null : now + Math.max(far, near) }, now);
        const sooner = nextCheck("artist", { ...facts, interest: Math.max(a, b), nextShowAt: now + Math.min(far ?? near, near) }, now);
        expect(sooner).toBeLessThanOrEqual(later);
      }),
    );
  });

  it("shows: a nearer one is never later, and each within an hour and a day of the last check", () => {
    fc.assert(
      fc.property(id, fc.integer({ min: 0, max: 3 * DAY }), until, until, zone, fc.boolean(), (id, checked, a, b, timeZone, timed) => {
        const due = (until: number) => {
          const facts = show(now + until, { id, checkedAt: now - checked, timeZone });
          return nextCheck("show", timed ? facts : { ...facts, startsAt: null }, now);
        };
        const [near, far] = [due(Math.min(a, b)), due(Math.max(a, b))];
        expect(near).toBeLessThanOrEqual(far);
        expect(near - (now - checked)).toBeGreaterThanOrEqual(SHOW_EVERY.onTheDay * 0.8);
        expect(far - (now - checked)).toBeLessThanOrEqual(SHOW_EVERY.before);
        expect(Number.isSafeInteger(near)).toBe(true);
      }),
    );
  });

  it("venues: a nearer show never makes it later, within their bounds", () => {
    fc.assert(
      fc.property(id, ago, until, maybe(until), (id, checked, near, far) => {
        const facts = { id, checkedAt: now - checked };
        const later = nextCheck("venue", { ...facts, nextShowAt: far === null ? null : now + Math.max(near, far) }, now);
        const sooner = nextCheck("venue", { ...facts, nextShowAt: now + Math.min(near, far ?? near) }, now);
        expect(sooner).toBeLessThanOrEqual(later);
        expect(sooner - facts.checkedAt).toBeGreaterThanOrEqual(VENUE_EVERY.least * 0.8);
        expect(later - facts.checkedAt).toBeLessThanOrEqual(VENUE_EVERY.most);
      }),
    );
  });

  it("a clock that was set back makes nothing wait for longer than its interval", () => {
    fc.assert(
      fc.property(id, ago, (id, ahead) => {
        expect(nextCheck("artist", artist({ id, checkedAt: now + ahead }), now)).toBeLessThanOrEqual(now + ARTIST_EVERY.most);
        expect(nextCheck("venue", venue({ id, checkedAt: now + ahead }), now)).toBeLessThanOrEqual(now + VENUE_EVERY.most);
        expect(nextCheck("show", show(now + 90 * DAY, { id, checkedAt: now + ahead }), now)).toBeLessThanOrEqual(now + SHOW_EVERY.before);
      }),
    );
  });
});
