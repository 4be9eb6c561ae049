import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { busyness, hourOfWeek, HOURS_OF_WEEK, learn, quietTime } from "#server/domain/busy-hours.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Sunday. */
const sunday = Date.parse("2026-06-14T00:00:00Z");

/** Fans come in the evening: 18 to 23 UTC each day. */
const evenings = Array.from({ length: HOURS_OF_WEEK }, (_, hour) => (hour % 24 >= 18 ? 1000 + hour : 40));
const nothing = new Array<null>(HOURS_OF_WEEK).fill(null);

describe("the hour of the week", () => {
  it.each([
    ["2026-06-14T00:00:00Z", 0],
    ["2026-06-14T00:59:59Z", 0],
    ["2026-06-15T01:00:00Z", 25],
    ["2026-06-20T23:59:59Z", 167],
    ["1970-01-01T00:00:00Z", 96],
    ["1969-12-28T00:00:00Z", 0],
  ])("of %s is %i", (at, hour) => {
    expect(hourOfWeek(Date.parse(at))).toBe(hour);
  });
});

it("busyness is a share of the busiest hour's", () => {
  expect(busyness(evenings, sunday + 12 * HOUR)).toBeCloseTo(40 / 1167);
  expect(busyness(evenings, sunday + 6 * DAY + 23 * HOUR)).toBe(1);
  expect(busyness(nothing, sunday)).toBe(0);
});

describe("an hour's mean", () => {
  it("is what was seen at first, then follows with each week", () => {
    expect(learn(0, 80, 0)).toBe(80);
    expect(learn(80, 40, 1)).toBe(60);
    expect(learn(100, 200, 50)).toBe(125);
  });

  it("lies between what it was and what was seen, and comes to what stays", () => {
    const requests = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(requests, requests, fc.integer({ min: 0, max: 500 }), (mean, seen, weeks) => {
        const next = learn(mean, seen, weeks);
        expect(next).toBeGreaterThanOrEqual(Math.min(mean, seen));
        expect(next).toBeLessThanOrEqual(Math.max(mean, seen));
      }),
    );
    let mean = 1_000;
    for (let week = 4; week < 24; week++) mean = learn(mean, 10, week);
    expect(mean).toBeLessThan(20);
  });
});

describe("work that may wait", () => {
  const evening = sunday + 18 * HOUR + 20 * 60_000;

  it("waits for the end of the busy hours", () => {
    expect(quietTime({ now: evening, slackMs: DAY, hours: evenings })).toBe(sunday + DAY);
  });

  it("is done at once in a quiet hour", () => {
    expect(quietTime({ now: sunday + HOUR + 1, slackMs: DAY, hours: evenings })).toBe(sunday + HOUR + 1);
  });

  it("takes the least busy hour where it can't wait for a quiet one", () => {
    const falling = evenings.map((requests, hour) => (hour % 24 >= 18 ? 2000 - hour : requests));
    expect(quietTime({ now: evening, slackMs: 3 * HOUR, hours: falling })).toBe(sunday + 21 * HOUR);
    expect(quietTime({ now: evening, slackMs: 3 * HOUR, hours: evenings })).toBe(evening);
  });

  it("takes the first of several that are the least busy", () => {
    const alike = evenings.map((requests, hour) => (hour % 24 === 18 ? 3000 : hour % 24 > 18 ? 2000 : requests));
    expect(quietTime({ now: evening, slackMs: 4 * HOUR, hours: alike })).toBe(sunday + 19 * HOUR);
  });

  it("does not wait for a few visitors to go, where there are thousands at other times", () => {
    const night = evenings.map((requests, hour) => (hour % 24 < 18 ? hour % 2 : requests));
    expect(quietTime({ now: sunday + 5 * HOUR, slackMs: DAY, hours: night.with(5, 100) })).toBe(sunday + 5 * HOUR);
  });

  it("is done at once where nothing is known, little differs, or nothing may wait", () => {
    expect(quietTime({ now: evening, slackMs: DAY, hours: nothing })).toBe(evening);
    expect(quietTime({ now: evening, slackMs: DAY, hours: [] })).toBe(evening);
    expect(quietTime({ now: evening, slackMs: DAY, hours: evenings.map((_, hour) => 100 + (hour % 7)) })).toBe(evening);
    expect(quietTime({ now: evening, slackMs: 0, hours: evenings })).toBe(evening);
  });

  it("is not put off to hours that nobody has seen yet", () => {
    const known = evenings.map((requests, hour) => (hour < 19 ? requests : null));
    expect(quietTime({ now: evening, slackMs: 2 * DAY, hours: known })).toBe(evening);
  });

  it("is never done before now, after the slack, or in a busier hour than the present one", () => {
    const hours = fc.array(fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: null }), { minLength: HOURS_OF_WEEK, maxLength: HOURS_OF_WEEK });
    const at = fc.integer({ min: sunday, max: sunday + 60 * DAY });
    fc.assert(
      fc.property(hours, at, fc.integer({ min: 0, max: 10 * DAY }), (hours, now, slackMs) => {
        const due = quietTime({ now, slackMs, hours });
        expect(due).toBeGreaterThanOrEqual(now);
        expect(due).toBeLessThanOrEqual(now + slackMs);
        if (due !== now) expect(hours[hourOfWeek(due)]!).toBeLessThan(hours[hourOfWeek(now)]!);
      }),
    );
  });
});
