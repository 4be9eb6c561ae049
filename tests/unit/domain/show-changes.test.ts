import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changedFields, showAfter, type StandingShow, type ToldShow } from "#server/domain/show-changes.ts";

const at = (instant: string) => Date.parse(instant);
const now = at("2026-06-13T12:00:00Z");
const told: ToldShow = { venueId: 1, timeZone: "Europe/Berlin", tour: null, localDate: "2026-07-01", startsAt: at("2026-07-01T18:00:00Z"), status: "scheduled" };
const standing = showAfter(null, told, now)!;

describe("a show after what a provider tells", () => {
  test.each<[string, StandingShow | null, Partial<ToldShow>, Partial<StandingShow>]>([
    ["a new one closes at its start", null, {}, { status: "upcoming", closesAt: at("2026-07-01T18:00:00Z"), closeMoved: false }],
    ["one without a start closes at the end of the local day", null, { startsAt: null }, { closesAt: at("2026-07-01T22:00:00Z") }],
    ["one of the past is over", null, { localDate: "2026-06-01", startsAt: null }, { status: "completed" }],
    ["one that is on is ongoing", null, { localDate: "2026-06-13", startsAt: now - 1 }, { status: "ongoing" }],
    ["a moved one goes with its close", standing, { localDate: "2026-07-05", startsAt: null, status: "rescheduled" }, { localDate: "2026-07-05", startsAt: null, closesAt: at("2026-07-05T22:00:00Z"), status: "upcoming" }],
    ["one without a date keeps the one it had", standing, { localDate: null, startsAt: null, status: "postponed" }, { ...standing, status: "postponed" }],
    ["one that is to be announced anew is put off too", standing, { localDate: null, startsAt: null }, { ...standing, status: "postponed" }],
    ["one with a new date is on again", { ...standing, status: "postponed" }, {}, { status: "upcoming" }],
    ["a cancelled one keeps its date", standing, { localDate: null, startsAt: null, status: "cancelled" }, { ...standing, status: "cancelled" }],
    ["one that is not cancelled any more is on again", { ...standing, status: "cancelled" }, {}, { status: "upcoming" }],
    ["one that was ended by hand stays over", { ...standing, status: "completed" }, {}, { status: "completed" }],
    ["one that has begun early goes on", { ...standing, status: "ongoing" }, {}, { status: "ongoing" }],
    ["one that is over and gets another date is to come", { ...standing, status: "completed" }, { localDate: "2026-08-01", startsAt: null }, { status: "upcoming" }],
    ["a close that was moved by hand stays", { ...standing, closesAt: 5, closeMoved: true }, { startsAt: at("2026-07-01T19:00:00Z") }, { closesAt: 5, closeMoved: true }],
    ["a tour that is not told stays", { ...standing, tour: "Dawn" }, {}, { tour: "Dawn" }],
  ])("%s", (_, before, change, after) => {
    expect(showAfter(before, { ...told, ...change }, now)).toMatchObject(after);
  });

  test("one that never had a date is none", () => {
    expect(showAfter(null, { ...told, localDate: null, startsAt: null, status: "postponed" }, now)).toBeNull();
    expect(showAfter(null, { ...told, localDate: null, startsAt: null, status: "cancelled" }, now)).toBeNull();
  });
});

const day = fc.date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const tellings: fc.Arbitrary<ToldShow> = fc.record({
  venueId: fc.integer({ min: 1, max: 3 }),
  timeZone: fc.constantFrom("Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles"),
  tour: fc.option(fc.constantFrom("A", "B")),
  localDate: fc.option(day),
  startsAt: fc.option(fc.integer({ min: at("2026-01-01T00:00:00Z"), max: at("2027-01-01T00:00:00Z") })),
  status: fc.constantFrom("scheduled", "rescheduled", "postponed", "cancelled"),
});
/** Without a date there is no start. */
const sensible = tellings.map((one) => (one.localDate === null ? { ...one, startsAt: null } : one));

test("what is told twice changes nothing the second time", () => {
  fc.assert(
    fc.property(fc.array(sensible, { minLength: 1, maxLength: 6 }), (history) => {
      const stand = history.reduce<StandingShow | null>((before, one) => showAfter(before, one, now), null);
      fc.pre(stand !== null);
      const again = showAfter(stand, history.at(-1)!, now)!;
      expect(changedFields(stand, again)).toEqual([]);
    }),
  );
});

test("a show never loses its date, and a cancelled or undated one is never open", () => {
  fc.assert(
    fc.property(fc.array(sensible, { minLength: 1, maxLength: 6 }), (history) => {
      let stand: StandingShow | null = null;
      for (const one of history) {
        const after = showAfter(stand, one, now);
        if (stand !== null) expect(after).not.toBeNull();
        if (after && one.status === "cancelled") expect(after.status).toBe("cancelled");
        else if (after && one.localDate === null) expect(after.status).toBe("postponed");
        stand = after;
      }
    }),
  );
});
