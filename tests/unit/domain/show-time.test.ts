import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  endOfLocalDay,
  isTimeZone,
  localDateAt,
  localInstant,
  SHOW_LENGTH_MS,
  statusAt,
  votingClosesAt,
} from "#server/domain/show-time.ts";

const at = (instant: string) => Date.parse(instant);
const utc = (instant: number) => new Date(instant).toISOString().replace(".000Z", "Z");

describe("voting closes", () => {
  it("at the start, wherever the show is", () => {
    const startsAt = at("2026-06-13T18:00:00Z");
    expect(votingClosesAt({ localDate: "2026-06-13", startsAt, timeZone: "Europe/Berlin" })).toBe(startsAt);
  });

  // The instants are those at which the tz database lets the next local day begin.
  const days: [string, string, string, string][] = [
    ["summer time", "Europe/Berlin", "2026-06-13", "2026-06-13T22:00:00Z"],
    ["standard time", "Europe/Berlin", "2026-01-13", "2026-01-13T23:00:00Z"],
    ["the day that loses an hour", "Europe/Berlin", "2026-03-29", "2026-03-29T22:00:00Z"],
    ["the day that gains an hour", "Europe/Berlin", "2026-10-25", "2026-10-25T23:00:00Z"],
    ["the day that loses an hour", "America/New_York", "2026-03-08", "2026-03-09T04:00:00Z"],
    ["the day that gains an hour", "America/New_York", "2026-11-01", "2026-11-02T05:00:00Z"],
    ["the day that loses half an hour", "Australia/Lord_Howe", "2026-10-04", "2026-10-04T13:00:00Z"],
    ["the day that gains half an hour", "Australia/Lord_Howe", "2026-04-05", "2026-04-05T13:30:00Z"],
    ["no daylight saving", "Asia/Kolkata", "2026-06-13", "2026-06-13T18:30:00Z"],
    ["leap day", "Asia/Kolkata", "2028-02-29", "2028-02-29T18:30:00Z"],
    ["the first zone of all", "Pacific/Kiritimati", "2026-06-13", "2026-06-13T10:00:00Z"],
    ["the last zone of all", "Pacific/Pago_Pago", "2026-06-13", "2026-06-14T11:00:00Z"],
    ["the eve of the day that Samoa left out", "Pacific/Apia", "2011-12-29", "2011-12-30T10:00:00Z"],
    ["the day after it", "Pacific/Apia", "2011-12-31", "2011-12-31T10:00:00Z"],
    ["the eve of a day without midnight", "America/Sao_Paulo", "2018-11-03", "2018-11-04T03:00:00Z"],
    ["a day without midnight", "America/Sao_Paulo", "2018-11-04", "2018-11-05T02:00:00Z"],
    ["the day whose last hour comes twice", "America/Sao_Paulo", "2018-02-17", "2018-02-18T03:00:00Z"],
    ["the eve of a day without midnight", "Asia/Beirut", "2022-03-26", "2022-03-26T22:00:00Z"],
    ["the day whose last hour comes twice", "Asia/Beirut", "2022-10-29", "2022-10-29T22:00:00Z"],
  ];
  it.each(days)("with no start known at the end of the local day: %s in %s, %s", (_, timeZone, localDate, close) => {
    expect(utc(votingClosesAt({ localDate, startsAt: null, timeZone }))).toBe(close);
    const end = endOfLocalDay(localDate, timeZone);
    expect(localDateAt(end - 1, timeZone)).toBe(localDate);
    expect(localDateAt(end, timeZone) > localDate).toBe(true);
  });

  const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"]
    .concat("Pacific/Kiritimati", "America/Sao_Paulo", "Asia/Beirut", "Africa/Casablanca", "Asia/Tehran", "UTC");

  it("with no start known, every day of every zone to the millisecond", () => {
    const instant = fc.integer({ min: at("2009-01-01T00:00:00Z"), max: at("2032-01-01T00:00:00Z") });
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (now, timeZone) => {
        const today = localDateAt(now, timeZone);
        const end = endOfLocalDay(today, timeZone);
        expect(end).toBeGreaterThan(now);
        expect(localDateAt(end - 1, timeZone)).toBe(today);
        expect(localDateAt(end, timeZone) > today).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a wall-clock time", () => {
  const times: [string, string, string, string, string][] = [
    ["on an ordinary evening", "Europe/Berlin", "2026-06-13", "20:00", "2026-06-13T18:00:00Z"],
    ["in the hour that is left out moves forward", "Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30:00Z"],
    ["in the hour that comes twice is the first", "Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00Z"],
    ["in the half hour that is left out", "Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45:00Z"],
    ["in the half hour that comes twice", "Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00Z"],
    ["at a midnight that does not exist", "America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04T03:00:00Z"],
    ["a day ahead of UTC", "Pacific/Kiritimati", "2026-06-14", "08:00", "2026-06-13T18:00:00Z"],
    ["in a zone of a quarter hour", "Asia/Kathmandu", "2026-06-13", "20:00", "2026-06-13T14:15:00Z"],
  ];
  it.each(times)("%s: %s, %s %s", (_, timeZone, localDate, time, instant) => {
    expect(utc(localInstant(localDate, time, timeZone))).toBe(instant);
  });
});

describe("the local date", () => {
  it("is not the same on both sides of the date line", () => {
    const now = at("2026-06-13T11:30:00Z");
    expect(localDateAt(now, "Pacific/Kiritimati")).toBe("2026-06-14");
    expect(localDateAt(now, "Pacific/Apia")).toBe("2026-06-14");
    expect(localDateAt(now, "Asia/Kolkata")).toBe("2026-06-13");
    expect(localDateAt(at("2026-06-13T10:59:59Z"), "Pacific/Pago_Pago")).toBe("2026-06-12");
  });

  it("changes in Samoa from the 29th to the 31st of December 2011", () => {
    expect(localDateAt(at("2011-12-30T09:59:59Z"), "Pacific/Apia")).toBe("2011-12-29");
    expect(localDateAt(at("2011-12-30T10:00:00Z"), "Pacific/Apia")).toBe("2011-12-31");
  });

  it.each([
    ["2026-06-13", 0, "2026-06-13"],
    ["2026-12-31", 1, "2027-01-01"],
    ["2028-02-28", 1, "2028-02-29"],
    ["2026-03-01", -1, "2026-02-28"],
    ["2026-01-01", -52, "2025-11-10"],
  ])("%s moved by %i days is %s", (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
  });
});

describe("the status of a show", () => {
  const startsAt = at("2026-06-13T18:00:00Z");
  const show = { localDate: "2026-06-13", startsAt, timeZone: "Europe/Berlin" };
  it.each([
    ["upcoming a millisecond before the start", startsAt - 1, "upcoming"],
    ["ongoing at the start", startsAt, "ongoing"],
    ["ongoing past midnight", at("2026-06-13T22:30:00Z"), "ongoing"],
    ["ongoing a millisecond before its length is over", startsAt + SHOW_LENGTH_MS - 1, "ongoing"],
    ["completed when its length is over", startsAt + SHOW_LENGTH_MS, "completed"],
  ] as const)("is %s", (_, now, status) => {
    expect(statusAt(show, now)).toBe(status);
  });

  const unannounced = { ...show, startsAt: null };
  it.each([
    ["upcoming in the last millisecond of its day", at("2026-06-13T22:00:00Z") - 1, "upcoming"],
    ["completed with the next day", at("2026-06-13T22:00:00Z"), "completed"],
  ] as const)("with no start known is %s", (_, now, status) => {
    expect(statusAt(unannounced, now)).toBe(status);
  });
});

it("knows a zone from a word", () => {
  expect(["Europe/Berlin", "UTC", "Pacific/Apia"].every(isTimeZone)).toBe(true);
  expect(["Europe/Atlantis", "", "Berlin", "../etc"].some(isTimeZone)).toBe(false);
});
