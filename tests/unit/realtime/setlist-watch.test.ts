import { expect, test } from "vitest";
import { CurrentSetlist, type LoadedSetlist } from "#server/realtime/current-setlist.ts";
import { FIGURES_INTERVAL_MS, RETRY_MS, SetlistWatch } from "#server/realtime/setlist-watch.ts";
import { FakeTimers, settled } from "./fakes.ts";

function watched(loaded: LoadedSetlist) {
  const state = { loaded, failing: false, reads: 0 };
  const timers = new FakeTimers();
  const clock = { now: 0 };
  const sent: string[] = [];
  const errors: unknown[] = [];
  const load = async () => {
    state.reads += 1;
    if (state.failing) throw new Error("The disk is gone");
    return state.loaded;
  };
  const watch = new SetlistWatch(new CurrentSetlist(load, () => clock.now), {
    send: ({ data }) => void sent.push(data),
    schedule: timers.schedule,
    onError: (error) => errors.push(error),
  });
  const elapse = async () => {
    timers.elapse();
    await settled();
  };
  return { state, timers, clock, sent, errors, watch, elapse };
}

const worth = (points: number): LoadedSetlist => ({ setlist: { points }, forMs: null });

test("votes of a show with a setlist are read at once and then at most once an interval; the last is not missed", async () => {
  const { state, timers, sent, watch, elapse } = watched(worth(1));
  await watch.read();
  for (let vote = 2; vote <= 50; vote += 1) {
    state.loaded = worth(vote);
    watch.touched();
    await settled();
  }
  expect([state.reads, sent]).toEqual([2, ['{"points":2}']]);
  expect(timers.waiting).toEqual([FIGURES_INTERVAL_MS]);
  await elapse();
  expect([state.reads, sent.at(-1)]).toEqual([3, '{"points":50}']);
  await elapse();
  expect([state.reads, timers.waiting]).toEqual([3, []]);
});

test("votes of a show without a setlist read nothing and wait for nothing", async () => {
  const { state, timers, watch } = watched({ setlist: null, forMs: null });
  await watch.read();
  for (let vote = 0; vote < 50; vote += 1) watch.touched();
  await settled();
  expect([state.reads, timers.waiting]).toEqual([1, []]);
});

test("whoever had an older one hears of a newer that a later reader's read has brought", async () => {
  const { state, timers, sent, errors, watch, elapse } = watched(worth(1));
  await watch.read();
  Object.assign(state, { loaded: worth(2), failing: true });
  watch.changed();
  await settled();
  expect([errors.length, timers.waiting]).toEqual([1, [RETRY_MS]]);
  state.failing = false;
  await watch.read();
  expect(sent).toEqual(['{"points":2}']);
  await elapse();
  expect(sent).toHaveLength(1);
});

test("whoever came while it could not be read hears it from the next reader's read", async () => {
  const { state, sent, watch } = watched(worth(1));
  state.failing = true;
  await watch.read();
  state.failing = false;
  await watch.read();
  expect(sent).toEqual(['{"points":1}']);
});

test("is read again when voting closes by time, and tells what then holds", async () => {
  const { state, timers, clock, sent, watch, elapse } = watched({ setlist: { noScore: "voting_open" }, forMs: 60_000 });
  await watch.read();
  expect(timers.waiting).toEqual([60_000]);
  state.loaded = worth(3);
  clock.now = 60_000;
  await elapse();
  expect(sent).toEqual(['{"points":3}']);
  expect(timers.waiting).toEqual([]);
});

test("a close that is years away sets no timer that would go off at once, and one that is over none at all", async () => {
  const { timers, watch } = watched({ setlist: {}, forMs: 1e12 });
  await watch.read();
  expect(timers.waiting).toEqual([86_400_000]);
  watch.close();
  expect(timers.waiting).toEqual([]);
});
