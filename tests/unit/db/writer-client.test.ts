import { EventEmitter } from "node:events";
import type { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import type { BulkCommand } from "#db/command.ts";
import { WriterClient, type FromThread, type ToThread } from "#db/writer-client.ts";

type Registry = { keep: BulkCommand<string, string> };

/** The thread's end of the wire, played by the test. */
class Thread extends EventEmitter {
  received: ToThread[] = [];
  postMessage(message: ToThread): void {
    this.received.push(message);
  }
  say(message: FromThread): void {
    this.emit("message", message);
  }
  answer(id: number): void {
    this.say({ type: "outcomes", outcomes: [{ id, ok: true, value: `kept ${id}` }] });
  }
}

async function connect(maxWaiting: number) {
  const thread = new Thread();
  const commits: number[] = [];
  const connecting = WriterClient.connect<Registry>({
    worker: thread as unknown as Worker,
    now: () => 7,
    revive: ({ message }) => new Error(message),
    onCommit: ({ calls }) => commits.push(calls),
    onStorage: () => {},
    maxWaiting,
    refusal: () => new Error("busy"),
  });
  thread.say({ type: "ready", migrated: 0 });
  return { thread, commits, client: await connecting };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("calls of one turn of the event loop cross as one message, in order and stamped with their arrival", async () => {
  const { thread, client } = await connect(10);
  const answers = [client.run("keep", "a"), client.run("keep", "b")];
  await turn();
  expect(thread.received).toEqual([
    {
      type: "calls",
      calls: [
        { id: 1, name: "keep", input: "a", now: 7 },
        { id: 2, name: "keep", input: "b", now: 7 },
      ],
    },
  ]);
  thread.answer(2);
  thread.answer(1);
  expect(await Promise.all(answers)).toEqual(["kept 1", "kept 2"]);
});

test("a call beyond the bound is refused at once, and one is taken again when another is answered", async () => {
  const { thread, client } = await connect(2);
  const waiting = [client.run("keep", "a"), client.run("keep", "b")];
  await expect(client.run("keep", "c")).rejects.toThrow("busy");
  expect(client.depth).toBe(2);
  thread.answer(1);
  await waiting[0];
  const next = client.run("keep", "d");
  await turn();
  thread.answer(2);
  thread.answer(3);
  expect(await Promise.all([...waiting, next])).toEqual(["kept 1", "kept 2", "kept 3"]);
});

test("a large commit is answered over several turns, in order, and whole when the thread ends meanwhile", async () => {
  const { thread, client } = await connect(100);
  const told: number[] = [];
  const calls = Array.from({ length: 40 }, (_, i) => client.run("keep", String(i)).then(() => told.push(i)));
  await turn();
  thread.say({ type: "outcomes", outcomes: calls.map((_, i) => ({ id: i + 1, ok: true, value: "kept" })) });
  await Promise.resolve();
  await Promise.resolve();
  expect(told).toEqual(Array.from({ length: 16 }, (_, i) => i));
  thread.emit("exit", 0);
  await Promise.all(calls);
  expect(told).toEqual(Array.from({ length: 40 }, (_, i) => i));
});

test("tells of each commit", async () => {
  const { thread, commits } = await connect(1);
  thread.say({ type: "committed", commit: { calls: 5, ms: 1 } });
  expect(commits).toEqual([5]);
});
