import { describe, expect, test } from "vitest";
import { setlistStatus } from "#server/domain/setlists/status.ts";

const HOUR = 3_600_000;
const startsAt = Date.parse("2026-06-13T18:00:00Z");
const show = { localDate: "2026-06-13", timeZone: "Europe/Berlin", startsAt };
const growing = { sameVersion: 1, songs: 9, encore: false };
const whole = { sameVersion: 2, songs: 18, encore: true };

describe("a setlist that nobody has declared final is", () => {
  test.each([
    ["live while the show goes on", { ...show, ...growing }, startsAt + HOUR, "live"],
    ["provisional once it is over", { ...show, ...growing }, startsAt + 6 * HOUR, "provisional"],
    ["final once its source had it twice with an encore, also while the show is thought to go on", { ...show, ...whole }, startsAt + 3 * HOUR, "final"],
    ["provisional while it was seen twice and no encore is in it", { ...show, ...whole, encore: false }, startsAt + 6 * HOUR, "provisional"],
    ["final a day after the start, however it looks", { ...show, sameVersion: 0, songs: 0, encore: false }, startsAt + 24 * HOUR, "final"],
    ["provisional until then", { ...show, ...growing }, startsAt + 24 * HOUR - 1, "provisional"],
    ["provisional before the show", { ...show, ...growing }, startsAt - HOUR, "provisional"],
    ["live on the day of a show without a known start, until that day ends", { ...show, startsAt: null, ...growing }, Date.parse("2026-06-13T21:59:59Z"), "live"],
    ["provisional when that day has ended", { ...show, startsAt: null, ...growing }, Date.parse("2026-06-13T22:00:00Z"), "provisional"],
    ["provisional before that day", { ...show, startsAt: null, ...growing }, Date.parse("2026-06-12T21:59:59Z"), "provisional"],
    ["final once its source had it twice with an encore, also on a day whose start nobody knows", { ...show, startsAt: null, ...whole }, Date.parse("2026-06-13T21:30:00Z"), "final"],
    ["provisional in the day after a night without a known start", { ...show, startsAt: null, ...growing }, Date.parse("2026-06-14T12:00:00Z"), "provisional"],
    ["final a day after the end of such a night", { ...show, startsAt: null, ...growing }, Date.parse("2026-06-14T22:00:00Z"), "final"],
  ] as const)("%s", (_says, facts, now, status) => {
    expect(setlistStatus(facts, now)).toBe(status);
  });
});
