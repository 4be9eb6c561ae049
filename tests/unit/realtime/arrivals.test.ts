import { expect, test } from "vitest";
import { Arrivals } from "#tests/bench/streams/arrivals.ts";

const frame = (version: number) => Buffer.from(`event: tally\nid: ${version}\ndata: {"version":${version}}\n\n`);

test("every vote counts until the client has a frame that holds it", () => {
  const arrivals = new Arrivals(1, 1);
  arrivals.read(0, frame(2), 100);
  arrivals.read(0, Buffer.from(": \n\n"), 110);
  arrivals.read(0, Buffer.concat([frame(3), frame(5)]), 150);
  const sent = new Map([[1, 40], [2, 90], [3, 95], [4, 140], [5, 145]]);
  expect([...arrivals.latencies((version) => sent.get(version))]).toEqual([60, 10, 55, 10, 5]);
  expect(arrivals.frames).toBe(2);
});

test("a frame counts when its last byte is there", () => {
  const arrivals = new Arrivals(1, 1);
  const bytes = frame(1);
  arrivals.read(0, bytes.subarray(0, 25), 10);
  expect(arrivals.behind(1)).toBe(1);
  arrivals.read(0, bytes.subarray(25), 30);
  expect(arrivals.behind(1)).toBe(0);
  expect([...arrivals.latencies((version) => (version === 1 ? 5 : undefined))]).toEqual([25]);
});

test("a frame in a chunk of HTTP counts as well", () => {
  const arrivals = new Arrivals(1, 1);
  arrivals.read(0, Buffer.concat([Buffer.from("25\r\n"), frame(4), Buffer.from("\r\n")]), 10);
  expect(arrivals.behind(4)).toBe(0);
});

test("frames that go back are counted, and clients without the last one", () => {
  const arrivals = new Arrivals(2, 1);
  arrivals.read(0, frame(7), 1);
  arrivals.read(0, frame(6), 2);
  expect(arrivals.outOfOrder).toBe(1);
  expect(arrivals.behind(7)).toBe(1);
});
