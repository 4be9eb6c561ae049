import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFinal, setlistPolling, type PolledShow, type SetlistFacts } from "#server/domain/setlist-polling.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const startsAt = Date.parse("2026-06-13T18:00:00Z");

const show = (facts: Partial<PolledShow> = {}): PolledShow => ({ status: "completed", localDate: "2026-06-13", startsAt, timeZone: "Europe/Berlin", ...facts });
const facts = (askedAt: number | null, more: Partial<SetlistFacts> = {}): SetlistFacts => ({ askedAt, sameVersion: 0, songs: 0, encore: false, ...more });
const whole = { sameVersion: 2, songs: 18, encore: true };

describe("a show's setlist is asked for", () => {
  it("first two hours after the start, known before the show", () => {
    expect(setlistPolling(show({ status: "upcoming" }), facts(null), startsAt - DAY)).toBe(startsAt + 2 * HOUR);
  });

  it("first at the end of the local day where no start is known", () => {
    expect(setlistPolling(show({ startsAt: null }), facts(null), startsAt)).toBe(Date.parse("2026-06-13T22:00:00Z"));
  });

  it("anew after the new start, when the show was put off", () => {
    const asked = facts(startsAt + 2 * HOUR, whole);
    expect(setlistPolling(show({ startsAt: startsAt + 3 * DAY }), asked, startsAt + 3 * HOUR)).toBe(startsAt + 3 * DAY + 2 * HOUR);
  });

  it("from now on, when the clock was set back", () => {
    const now = startsAt + 3 * HOUR;
    expect(setlistPolling(show(), facts(now + DAY, { sameVersion: 1, songs: 9 }), now)).toBe(now + 20 * MINUTE);
  });

  it.each([
    ["while there is none", {}],
    ["while it grows", { sameVersion: 1, songs: 9, encore: false }],
    ["while it may be the main set only", { sameVersion: 3, songs: 9, encore: false }],
    ["while it has no song", { sameVersion: 5, songs: 0, encore: false }],
    ["until its last version was seen twice", { sameVersion: 1, songs: 18, encore: true }],
  ])("every 20 minutes %s", (_while, more) => {
    const askedAt = startsAt + 3 * HOUR;
    expect(setlistPolling(show(), facts(askedAt, more), askedAt)).toBe(askedAt + 20 * MINUTE);
  });

  it.each([
    ["it was the same twice and has an encore", 3 * HOUR, whole],
    ["it was the same twice a day after the start", DAY, { sameVersion: 2, songs: 9 }],
    ["nobody has written one a day after the start", DAY, {}],
  ])("daily once %s", (_once, after, more) => {
    const askedAt = startsAt + after;
    expect(setlistPolling(show(), facts(askedAt, more), askedAt)).toBe(askedAt + DAY);
  });

  it("every 20 minutes again when an edit comes in", () => {
    const askedAt = startsAt + 4 * DAY;
    expect(setlistPolling(show(), facts(askedAt, { ...whole, sameVersion: 1 }), askedAt)).toBe(askedAt + 20 * MINUTE);
  });

  it("no more eight days after the start, nor when it never took place", () => {
    expect(setlistPolling(show(), facts(startsAt + 7.5 * DAY, whole), startsAt + 7.5 * DAY)).toBeNull();
    expect(setlistPolling(show(), facts(null), startsAt + 9 * DAY)).toBeNull();
    expect(setlistPolling(show({ status: "cancelled" }), facts(null), startsAt)).toBeNull();
    expect(setlistPolling(show({ status: "postponed" }), facts(null), startsAt)).toBeNull();
  });
});

it("a setlist is final by what was seen, not by how often it was looked at", () => {
  expect(isFinal(facts(0, whole), 3 * HOUR)).toBe(true);
  expect(isFinal(facts(0, { ...whole, encore: false }), 3 * HOUR)).toBe(false);
  expect(isFinal(facts(0, { ...whole, songs: 0 }), 2 * DAY)).toBe(false);
});

/** Asks whenever it is due, from the show's end on; each answer's version comes from a list that ends with the final one. */
function asksUntilTheEnd(versions: readonly string[], encoreIn: number): number[] {
  const asked: number[] = [];
  let known = facts(null);
  let last: string | null = null;
  for (let due = setlistPolling(show(), known, startsAt); due !== null; due = setlistPolling(show(), known, due)) {
    const version = versions[Math.min(asked.length, versions.length - 1)] ?? null;
    const sameVersion: number = version === null ? 0 : version === last ? known.sameVersion + 1 : 1;
    asked.push(due);
    known = { askedAt: due, sameVersion, songs: version === null ? 0 : 5, encore: asked.length > encoreIn };
    last = version;
  }
  return asked;
}

it("whatever comes in, asking goes on in steps of 20 minutes or a day, and ends", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 60 }), fc.integer({ min: 0, max: 80 }), (versions, encoreIn) => {
      const asked = asksUntilTheEnd(versions, encoreIn);
      expect(asked[0]).toBe(startsAt + 2 * HOUR);
      expect(asked.at(-1)! - startsAt).toBeGreaterThan(7 * DAY - HOUR);
      for (const [i, at] of asked.slice(1).entries()) expect([20 * MINUTE, DAY]).toContain(at - asked[i]!);
    }),
  );
});

it("a setlist written during the show costs a handful of requests, one that nobody writes some dozens", () => {
  expect(asksUntilTheEnd(["a"], 0).length).toBeLessThanOrEqual(10);
  expect(asksUntilTheEnd([], 0).length).toBeLessThanOrEqual(75);
});
