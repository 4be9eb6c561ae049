import { expect, test } from "vitest";
import { LatestFrames } from "#server/realtime/latest-frames.ts";
import { tallyFrame } from "#server/realtime/frames.ts";

const frame = tallyFrame({ version: 1, total: 1, songs: [] });

test("a kept frame is there once", () => {
  const frames = new LatestFrames();
  frames.keep(1, frame);
  expect(frames.take(1)).toBe(frame);
  expect(frames.take(1)).toBeNull();
});

test("a dropped frame is gone", () => {
  const frames = new LatestFrames();
  frames.keep(1, frame);
  frames.drop(1);
  expect(frames.take(1)).toBeNull();
});

test("a thousand are kept, the latest", () => {
  const frames = new LatestFrames();
  for (let showId = 1; showId <= 1_002; showId += 1) frames.keep(showId, frame);
  expect([1, 2, 3, 1_002].map((showId) => frames.take(showId))).toEqual([null, null, frame, frame]);
});
