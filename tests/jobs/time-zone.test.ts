import { expect, test } from "vitest";
import { timeZoneOf } from "#jobs/tasks/catalogue/time-zone.ts";

const nowhere = { timeZone: null, latitude: null, longitude: null, country: null };

test.each([
  ["as told", { timeZone: "Asia/Tokyo", latitude: 52.5, longitude: 13.4, country: "DE" }, "Asia/Tokyo"],
  ["by its place where what is told is no zone", { timeZone: "Berlin Time", latitude: 52.5, longitude: 13.4 }, "Europe/Berlin"],
  ["by its place before its country", { latitude: 34.05, longitude: -118.24, country: "US" }, "America/Los_Angeles"],
  ["by its place beyond the date line", { latitude: -18.14, longitude: 178.44 }, "Pacific/Fiji"],
  ["of its country", { country: "JP" }, "Asia/Tokyo"],
  ["of where most of its country live", { country: "US" }, "America/New_York"],
  ["of its country where the place is 0° 0°", { latitude: 0, longitude: 0, country: "DE" }, "Europe/Berlin"],
  ["of its country where there is no such place", { latitude: 910, longitude: 13, country: "DE" }, "Europe/Berlin"],
  ["UTC where the country is none", { country: "XX" }, "UTC"],
  ["UTC where the country is not even written as one", { country: "Germany" }, "UTC"],
  ["UTC where nothing is known", {}, "UTC"],
])("a venue's zone is %s", (_, venue, zone) => {
  expect(timeZoneOf({ ...nowhere, ...venue })).toBe(zone);
});
