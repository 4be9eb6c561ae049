import { expect, test } from "vitest";
import { scoreShows, type ShowSide } from "#server/domain/matching/score-shows.ts";

const hall = { name: "Lantern Hall", city: "Leeds", country: "GB", latitude: 53.8, longitude: -1.55 };
const show = (change: Partial<ShowSide> = {}): ShowSide => ({ artist: { name: "Paper Lanterns" }, venue: hall, localDate: "2027-05-01", ...change });
const verdict = (a: ShowSide, b: ShowSide) => scoreShows(a, b).verdict;

test("the same show from two providers is one", () => {
  expect(verdict(show({ ids: [{ provider: "ticketmaster", id: "t1" }] }), show({ ids: [{ provider: "setlistfm", id: "s1" }], venue: { ...hall, latitude: null, longitude: null } }))).toBe("automatic");
});

test("matinee and evening stay two", () => {
  expect(verdict(show({ localTime: "14:00" }), show({ localTime: "20:00" }))).toBe("none");
  expect(verdict(show({ localTime: "19:00" }), show({ localTime: "20:00" }))).toBe("automatic");
});

test("two sets of a careful provider on one day stay two", () => {
  const set = (id: string) => show({ ids: [{ provider: "setlistfm", id }] });
  expect(verdict(set("early"), set("late"))).toBe("none");
});

test("each of ten acts of a festival has its own show there", () => {
  const acts = ["Salt Union", "Ivo Brand", "Nora Vale", "Quiet Rooms", "Oak and Ash", "Iron Ferry", "Red Meadow", "Long Tide", "Kite School", "Paper Lanterns"];
  const bill = acts.map((name) => show({ artist: { name } }));
  const mine = bill.map((act) => bill.filter((other) => verdict(act, other) !== "none").length);
  expect(mine).toEqual(acts.map(() => 1));
});

test("the day before is another show, on both sides of the date line too", () => {
  const suva = { name: "Harbour Stage", city: "Suva", country: "FJ" };
  expect(verdict(show({ venue: suva, localDate: "2027-05-01" }), show({ venue: suva, localDate: "2027-05-02" }))).toBe("none");
});

test("a show that was moved is known by its id", () => {
  const ids = [{ provider: "ticketmaster" as const, id: "t1" }];
  expect(verdict(show({ ids }), show({ ids, localDate: "2027-09-12", venue: { name: "Other Hall", city: "York" } }))).toBe("automatic");
});

test("an event's id does not make one act another", () => {
  const ids = [{ provider: "ticketmaster" as const, id: "t1" }];
  expect(verdict(show({ ids }), show({ ids, artist: { name: "Salt Union" } }))).toBe("none");
});

test("a venue that was renamed is for a person to see", () => {
  expect(verdict(show(), show({ venue: { ...hall, name: "Northbank Arena" } }))).toBe("review");
});

test("without a venue or a date nothing is joined at once", () => {
  expect(verdict(show(), show({ venue: null }))).toBe("review");
  expect(verdict(show(), show({ localDate: null }))).toBe("none");
  expect(verdict(show({ localDate: null }), show({ localDate: null }))).toBe("none");
});
