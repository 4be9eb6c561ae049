import fc from "fast-check";
import type { PackedWeights, Trees } from "#server/domain/forecast/trees.ts";
import { FEATURES } from "#server/domain/forecast/features.ts";
import { unpack, WEIGHTS_VERSION } from "#server/domain/forecast/trees.ts";
import type { PastShow, ShowSetting } from "#server/domain/forecast/setting.ts";

const LEAF = 255;

/** Weights of one tree: log-odds of 2 for a song that was played at all of the last ten shows, -2 for others. */
export function smallWeights(changes: Partial<PackedWeights> = {}): PackedWeights {
  const nodes: [number, number][] = [[FEATURES.indexOf("plays of 10"), 9.5], [LEAF, -2], [LEAF, 2]];
  const bytes = new DataView(new ArrayBuffer(nodes.length * 5));
  nodes.forEach(([feature, value], i) => {
    bytes.setUint8(i * 5, feature);
    bytes.setFloat32(i * 5 + 1, value, true);
  });
  const packed = btoa(String.fromCharCode(...new Uint8Array(bytes.buffer)));
  return { version: WEIGHTS_VERSION, features: FEATURES, base: 0, packed, ...changes };
}

export const smallTrees = (): Trees => unpack(smallWeights());

/** The date of the nth day of the made-up history. */
export const dateOf = (day: number) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);

export const setting = (day: number, told: Partial<ShowSetting> = {}): ShowSetting => ({
  date: dateOf(day), venue: null, city: null, tour: null, festival: false, ...told,
});

/** A show of these songs, without an encore. */
export const show = (day: number, songIds: readonly number[], told: Partial<ShowSetting> = {}): PastShow => ({
  ...setting(day, told), songs: songIds.map((songId) => ({ songId, encore: false })),
});

/** Histories of up to 30 shows, with runs, tours, festivals, empty lists and songs that come twice. */
export const histories = fc
  .array(
    fc.record({
      days: fc.integer({ min: 0, max: 50 }),
      place: fc.constantFrom(null, "Hall", "Club"),
      tour: fc.constantFrom(null, "First tour", "Second tour"),
      festival: fc.boolean(),
      songs: fc.array(fc.record({ songId: fc.integer({ min: 1, max: 30 }), encore: fc.boolean() }), { maxLength: 12 }),
    }),
    { maxLength: 30 },
  )
  .map((drawn) => {
    let day = 0;
    return drawn.map(({ days, place, tour, festival, songs }): PastShow => {
      day += days;
      return { date: dateOf(day), venue: place, city: place, tour, festival, songs };
    });
  });
