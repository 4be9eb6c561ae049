import { expect, test } from "vitest";
import { BEAT_GROUPS, Heartbeat } from "#server/realtime/heartbeat.ts";
import { FakeTimers } from "./fakes.ts";

const EVERY_MS = 15_000;

function heart() {
  const timers = new FakeTimers();
  const heartbeat = new Heartbeat({ repeat: timers.repeat, everyMs: EVERY_MS });
  const beats: number[] = [];
  const join = (name: number) => {
    beats[name] = 0;
    return heartbeat.join({ beat: () => void (beats[name]! += 1) });
  };
  return { timers, beats, join };
}

test("everyone has one beat in the time of a heartbeat, whenever they came", () => {
  const { timers, beats, join } = heart();
  for (let name = 0; name < 100; name += 1) {
    join(name);
    if (name % 7 === 0) timers.elapse();
  }
  const before = [...beats];
  for (let group = 0; group < BEAT_GROUPS; group += 1) timers.elapse();
  expect(beats.map((count, name) => count - before[name]!)).toEqual(beats.map(() => 1));
});

test("a full house is told in even parts", () => {
  const { timers, beats, join } = heart();
  for (let name = 0; name < 10 * BEAT_GROUPS; name += 1) join(name);
  timers.elapse();
  expect(beats.filter((count) => count > 0)).toHaveLength(10);
});

test("it is one timer, which runs while somebody is there", () => {
  const { timers, join } = heart();
  expect(timers.waiting).toEqual([]);
  const [one, two] = [join(0), join(1)];
  expect(timers.waiting).toEqual([EVERY_MS / BEAT_GROUPS]);
  one();
  one();
  expect(timers.waiting).toHaveLength(1);
  two();
  expect(timers.waiting).toEqual([]);
  join(2);
  expect(timers.waiting).toHaveLength(1);
});
