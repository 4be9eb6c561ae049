import { expect, test } from "vitest";
import { Hub } from "#server/realtime/hub.ts";
import { tallyFrames } from "#server/realtime/tally-frames.ts";
import { FakeTimers, settled } from "./fakes.ts";

const SHOW = 1;

function watch(version: number | null) {
  const timers = new FakeTimers();
  const state = { version };
  const hub = new Hub({
    loadTally: async () => (state.version === null ? null : { version: state.version, total: 0, songs: [] }),
    loadSetlist: async () => ({ setlist: null, forMs: null }),
    loadVoting: async () => ({ open: false }),
    schedule: timers.schedule,
    later: setImmediate,
    clock: () => 0,
    onError: (error) => expect.fail(String(error)),
  });
  const stop = new AbortController();
  const frames = tallyFrames(hub, SHOW, stop.signal);
  return {
    hub,
    stop,
    next: async () => {
      const result = await frames.next();
      return result.done ? null : result.value.id;
    },
    end: () => frames.return(undefined),
    change: async (to: number) => {
      state.version = to;
      hub.tallyChanged(SHOW);
      await settled();
      timers.elapse();
    },
  };
}

test("a script gets the current tally, then each newer one as it comes", async () => {
  const { next, change } = watch(3);
  expect(await next()).toBe(3);
  const waiting = next();
  await change(4);
  expect(await waiting).toBe(4);
});

test("a slow script gets the newest tally and not those before it", async () => {
  const { next, change } = watch(3);
  expect(await next()).toBe(3);
  for (const version of [4, 5, 6]) await change(version);
  expect(await next()).toBe(6);
});

test("a script does not hear of what is no tally", async () => {
  const { hub, next, change } = watch(3);
  await next();
  const waiting = next();
  hub.votingChanged(SHOW);
  await settled();
  await change(4);
  expect(await waiting).toBe(4);
});

test("a script of a show that does not exist ends at once and leaves nothing behind", async () => {
  const { hub, next } = watch(null);
  expect(await next()).toBeNull();
  expect(hub.subscribers).toBe(0);
});

test("a script that goes away while it waits leaves nothing behind", async () => {
  const { hub, stop, next } = watch(3);
  await next();
  const waiting = next();
  await settled();
  stop.abort();
  expect(await waiting).toBeNull();
  expect(hub.subscribers).toBe(0);
});

test("a script that breaks off between two tallies leaves nothing behind", async () => {
  const { hub, next, end } = watch(3);
  await next();
  await end();
  expect(hub.subscribers).toBe(0);
});
