import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold } from "#server/domain/fold.ts";
import { distanceKm, showOfSetlist, type NightShow } from "#server/domain/same-night.ts";

const leipzig = { city: "Leipzig", latitude: 51.34, longitude: 12.37 };
const halle = { city: "Halle", latitude: 51.48, longitude: 11.97 };
const oslo = { city: "Oslo", latitude: 59.91, longitude: 10.75 };
const nowhere = { city: null, latitude: null, longitude: null };
const show = (id: number, place: Partial<NightShow> = {}): NightShow => ({ id, venueId: id, ...leipzig, taken: false, ...place });

describe("the show that a setlist is of", () => {
  test.each<[string, NightShow[], Parameters<typeof showOfSetlist>[1], number | null]>([
    ["is the one at its venue", [show(1), show(2)], { venueId: 2, ...nowhere }, 2],
    ["is the first of two there", [show(1, { venueId: 9 }), show(2, { venueId: 9 })], { venueId: 9, ...leipzig }, 1],
    ["is the second where the first has a setlist", [show(1, { venueId: 9, taken: true }), show(2, { venueId: 9 })], { venueId: 9, ...leipzig }, 2],
    ["is the one in town", [show(1), show(2, oslo)], { venueId: 9, city: "LEIPZIG", latitude: null, longitude: null }, 1],
    ["is the one near by", [show(1), show(2, oslo)], { venueId: 9, ...halle }, 1],
    ["can't be told of two in town", [show(1), show(2)], { venueId: 9, ...leipzig }, null],
    ["is none far away", [show(1, oslo)], { venueId: 9, ...leipzig }, null],
    ["is none that has one", [show(1, { taken: true })], { venueId: 1, ...leipzig }, null],
    ["is the only one where nobody knows where it was", [show(1)], { venueId: 9, ...nowhere }, 1],
    ["is the only one that is nowhere", [show(1, nowhere)], { venueId: 9, ...leipzig }, 1],
    ["can't be told of two when it is nowhere", [show(1), show(2, oslo)], { venueId: 9, ...nowhere }, null],
    ["is none of none", [], { venueId: 9, ...leipzig }, null],
  ])("%s", (_, shows, place, found) => {
    expect(showOfSetlist(shows, place, fold)).toBe(found);
  });
});

const place = fc.record({ latitude: fc.double({ min: -90, max: 90, noNaN: true }), longitude: fc.double({ min: -180, max: 180, noNaN: true }) });

test("distances are those of a sphere: none to itself, the same both ways, half round at most", () => {
  fc.assert(
    fc.property(place, place, (a, b) => {
      const km = distanceKm(a, b)!;
      expect(distanceKm(a, a)).toBe(0);
      expect(distanceKm(b, a)).toBeCloseTo(km, 6);
      expect(km).toBeLessThanOrEqual(Math.PI * 6_371 + 1e-6);
    }),
  );
  expect(distanceKm(leipzig, halle)).toBeGreaterThan(25);
  expect(distanceKm(leipzig, halle)).toBeLessThan(40);
  expect(distanceKm({ latitude: 0, longitude: 179.9 }, { latitude: 0, longitude: -179.9 })).toBeLessThan(25);
});

test("a show that has a setlist is never found", () => {
  const nights = fc.array(fc.record({ id: fc.nat(), venueId: fc.nat(3), city: fc.option(fc.constantFrom("A", "B")), latitude: fc.option(fc.constantFrom(1, 50)), longitude: fc.constant(3), taken: fc.boolean() }));
  fc.assert(
    fc.property(nights, (shows) => {
      const found = showOfSetlist(shows, { venueId: 1, city: "A", latitude: 1, longitude: 3 }, fold);
      if (found !== null) expect(shows.some(({ id, taken }) => id === found && !taken)).toBe(true);
    }),
  );
});
