import { expect, test } from "vitest";
import { CurrentSetlist } from "#server/realtime/current-setlist.ts";
import { settled, SlowReads } from "./fakes.ts";

const played = (...songs: string[]) => ({ songs });

function setlist() {
  const reads = new SlowReads<object | null>();
  return { reads, current: new CurrentSetlist(reads.read) };
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
  const ask = async (answer: object | null) => {
    current.changed();
    const read = current.read();
    await reads.answer(answer);
    await read;
    return current.frame;
  };
  expect(await ask(null)).toBeNull();
  const first = await ask(played("One"));
  expect(await ask(played("One"))).toBe(first);
  expect((await ask(null))!.data).toBe("null");
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
