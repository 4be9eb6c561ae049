import { expect, test } from "vitest";
import { scoreVenues, type VenueSide } from "#server/domain/matching/score-venues.ts";

const at = (name: string, change: Partial<VenueSide> = {}): VenueSide => ({ name, city: "Leeds", country: "GB", ...change });
const here = { latitude: 53.8, longitude: -1.55 };
const nextDoor = { latitude: 53.8005, longitude: -1.55 };
const acrossTown = { latitude: 53.84, longitude: -1.6 };
const verdict = (a: VenueSide, b: VenueSide) => scoreVenues(a, b).verdict;

test.each([
  ["Lantern Theatre", "The Lantern Theater"],
  ["Lantern Hall", "LANTERN HALL"],
])("%s is %s of the same town", (a, b) => {
  expect(verdict(at(a), at(b))).toBe("automatic");
});

test("a name that only one source gives in full is looked at, and joined where both lie in one place", () => {
  expect(verdict(at("Lantern Theatre"), at("The Lantern"))).toBe("review");
  expect(verdict(at("Lantern Theatre", here), at("The Lantern", nextDoor))).toBe("automatic");
});

test("the same name in another town, country or part of the map is another venue", () => {
  expect(verdict(at("Civic Hall"), at("Civic Hall", { city: "York" }))).toBe("none");
  expect(verdict(at("Civic Hall"), at("Civic Hall", { country: "US" }))).toBe("none");
  expect(verdict(at("Civic Hall", here), at("Civic Hall", { latitude: 51.5, longitude: -0.1 }))).toBe("none");
});

test("another name in the same place may be a new one", () => {
  expect(verdict(at("Lantern Hall", here), at("Northbank Arena", nextDoor))).toBe("review");
  expect(verdict(at("Lantern Hall", here), at("Northbank Arena", acrossTown))).toBe("none");
  expect(verdict(at("Lantern Hall"), at("Northbank Arena"))).toBe("none");
});

test("a venue without a name is none", () => {
  expect(verdict(at("", here), at("", here))).toBe("none");
});
