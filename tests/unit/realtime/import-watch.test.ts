import { expect, test } from "vitest";
import { ImportWatch, PROGRESS_INTERVAL_MS, type ProgressFrame, type WatchedState } from "#server/realtime/import-watch.ts";
import { FakeTimers, settled } from "./fakes.ts";

const IMPORT = 7;

function watching(start: WatchedState | null = { id: 1, over: false, progress: { songs: 1 } }) {
  const timers = new FakeTimers();
  const state = { now: start, reads: 0, broken: false };
  const errors: unknown[] = [];
  const watch = new ImportWatch({
    load: async () => {
      state.reads += 1;
      if (state.broken) throw new Error("no answer");
      return state.now;
    },
    schedule: timers.schedule,
    onError: (error) => errors.push(error),
  });
  const open = async () => {
    const heard: ProgressFrame[] = [];
    const subscription = await watch.subscribe(IMPORT, (frame) => heard.push(frame));
    return { subscription, heard };
  };
  const change = async (id: number, over = false) => {
    state.now = { id, over, progress: { songs: id } };
    watch.changed(IMPORT);
    await settled();
  };
  return { watch, timers, state, errors, open, change };
}

test("a watcher gets where the import stands, then each change, and the last frame says that it is the last", async () => {
  const { open, change, timers } = watching();
  const { subscription, heard } = await open();
  expect(subscription?.first).toEqual({ event: "progress", id: 1, data: '{"songs":1}' });
  await change(2);
  timers.elapse();
  await change(3, true);
  expect(heard).toEqual([
    { event: "progress", id: 2, data: '{"songs":2}' },
    { event: "progress", id: 3, data: '{"songs":3}', last: true },
  ]);
});

test("changes that come close together are one frame, at most four a second", async () => {
  const { open, change, timers } = watching();
  const { heard } = await open();
  for (let id = 2; id < 50; id += 1) await change(id);
  expect(heard.map(({ id }) => id)).toEqual([2]);
  expect(timers.waiting).toEqual([PROGRESS_INTERVAL_MS]);
  timers.elapse();
  await settled();
  expect(heard.map(({ id }) => id)).toEqual([2, 49]);
  expect(1_000 / PROGRESS_INTERVAL_MS).toBe(4);
});

test("one read serves all watchers of an import, and an import that nobody watches is not read", async () => {
  const { watch, open, change, state } = watching();
  await change(2);
  expect(state.reads).toBe(0);
  const all = await Promise.all([open(), open(), open()]);
  expect(state.reads).toBe(1);
  await change(3);
  expect(state.reads).toBe(2);
  expect(all.map(({ heard }) => heard.map(({ id }) => id))).toEqual([[3], [3], [3]]);
  for (const { subscription } of all) subscription!.close();
  expect(watch.watched).toBe(0);
});

test("an import that is not there has no stream and leaves nothing behind", async () => {
  const { watch, open } = watching(null);
  expect((await open()).subscription).toBeNull();
  expect(watch.watched).toBe(0);
});

test("a change that could not be read goes out later", async () => {
  const { open, change, timers, state, errors } = watching();
  const { heard } = await open();
  state.broken = true;
  await change(2);
  expect([errors.length, heard.length]).toEqual([1, 0]);
  state.broken = false;
  timers.elapse();
  await settled();
  expect(heard.map(({ id }) => id)).toEqual([2]);
});

test("a first state that could not be read is the watcher's error, and the next watcher is served", async () => {
  const { watch, open, state } = watching();
  state.broken = true;
  await expect(open()).rejects.toThrow("no answer");
  expect(watch.watched).toBe(0);
  state.broken = false;
  expect((await open()).subscription?.first.id).toBe(1);
});
