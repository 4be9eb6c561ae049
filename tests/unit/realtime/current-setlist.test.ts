import { expect, test } from "vitest";
import { CurrentSetlist, type LoadedSetlist } from "#server/realtime/current-setlist.ts";
import { settled, SlowReads } from "./fakes.ts";

const played = (...songs: string[]): LoadedSetlist => ({ setlist: { songs }, forMs: null });
const NOTHING: LoadedSetlist = { setlist: null, forMs: null };

function setlist() {
  const reads = new SlowReads<LoadedSetlist>();
  const clock = { now: 0 };
  return { reads, clock, current: new CurrentSetlist(reads.read, () => clock.now) };
}

test("is read once for all who ask, and again only after a change", async () => {
  const { reads, current } = setlist();
  const both = Promise.all([current.read(), current.read()]);
  await reads.answer(played("One"));
  await both;
  await current.read();
  expect(reads.started).toBe(1);
  expect(current.frame).toMatchObject({ event: "setlist", id: null, data: '{"songs":["One"]}' });
  current.changed();
  expect(current.current).toBe(false);
  const again = current.read();
  await reads.answer(played("One", "Two"));
  await again;
  expect(current.frame!.data).toContain("Two");
});

test("a change during a read is read too, before anybody is answered", async () => {
  const { reads, current } = setlist();
  let answered = false;
  const read = current.read().then(() => (answered = true));
  await settled();
  current.changed();
  await reads.answer(played("Old"));
  expect(answered).toBe(false);
  await reads.answer(played("New"));
  await read;
  expect(current.frame!.data).toContain("New");
});

test("the same again makes no new frame, and no setlist makes none", async () => {
  const { reads, current } = setlist();
  const ask = async (answer: LoadedSetlist) => {
    current.changed();
    const read = current.read();
    await reads.answer(answer);
    await read;
    return current.frame;
  };
  expect(await ask(NOTHING)).toBeNull();
  const first = await ask(played("One"));
  expect(await ask(played("One"))).toBe(first);
  expect((await ask(NOTHING))!.data).toBe("null");
});

test("what could not be read is read when somebody asks again", async () => {
  const { reads, current } = setlist();
  const failing = current.read();
  failing.catch(() => {});
  await reads.fail(new Error("The disk is gone"));
  await expect(failing).rejects.toThrow("The disk is gone");
  const read = current.read();
  await reads.answer(played("One"));
  await read;
  expect(current.current).toBe(true);
});

test("votes make it be read again where there is a setlist, and cost nothing where there is none", async () => {
  const { reads, current } = setlist();
  const ask = async (answer: LoadedSetlist) => {
    const read = current.read();
    await reads.answer(answer);
    await read;
  };
  await ask(NOTHING);
  current.touched();
  expect(current.current).toBe(true);
  current.changed();
  await ask(played("One"));
  current.touched();
  expect(current.current).toBe(false);
  await ask(NOTHING);
  current.touched();
  expect(current.current).toBe(true);
});

test("votes that come during a read do not keep its reader waiting, and are owed", async () => {
  const { reads, current } = setlist();
  const read = current.read();
  await settled();
  current.touched();
  await reads.answer(played("One"));
  await read;
  expect([reads.started, current.current]).toEqual([1, false]);
});

test("what holds for a time is read again after it", async () => {
  const { reads, clock, current } = setlist();
  const read = current.read();
  await reads.answer({ setlist: {}, forMs: 5_000 });
  await read;
  clock.now = 4_000;
  expect([current.current, current.forMs]).toEqual([true, 1_000]);
  clock.now = 5_000;
  expect([current.current, current.forMs]).toEqual([false, 0]);
});
