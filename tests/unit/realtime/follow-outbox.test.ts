import { expect, test } from "vitest";
import { FOREIGN_POLL_MS, OutboxFollower, type FollowedEvent } from "#server/realtime/follow-outbox.ts";
import { FakeTimers, settled, SlowReads } from "./fakes.ts";

function event(seq: number): FollowedEvent {
  return { seq, kind: "tally.changed", showId: seq, payload: {} };
}

/** A follower of an outbox that the test writes. */
async function follow(existing = 0) {
  const outbox = Array.from({ length: existing }, (_, i) => event(i + 1));
  const timers = new FakeTimers();
  const delivered: number[] = [];
  const errors: unknown[] = [];
  const state = { failing: null as Error | null, refuse: null as number | null, reads: 0 };
  const follower = await OutboxFollower.start({
    source: {
      lastSeq: async () => outbox.at(-1)?.seq ?? 0,
      eventsAfter: async (seq, limit) => {
        state.reads += 1;
        if (state.failing) throw state.failing;
        return outbox.filter((one) => one.seq > seq).slice(0, limit);
      },
    },
    deliver: ({ seq }) => {
      if (seq === state.refuse) throw new Error(`Event ${seq} is refused`);
      delivered.push(seq);
    },
    repeat: timers.repeat,
    onError: (error) => errors.push(error),
  });
  const append = (count: number) => {
    for (let i = 0; i < count; i += 1) outbox.push(event((outbox.at(-1)?.seq ?? 0) + 1));
  };
  return { follower, timers, delivered, errors, state, append };
}

test("what was there before the start is not told again", async () => {
  const { follower, delivered } = await follow(3);
  follower.nudge();
  await settled();
  expect(delivered).toEqual([]);
});

test("a nudge delivers what is new, in order and once", async () => {
  const { follower, delivered, append } = await follow(3);
  append(2);
  follower.nudge();
  await settled();
  follower.nudge();
  await settled();
  expect(delivered).toEqual([4, 5]);
});

test("what other processes commit is found without a nudge", async () => {
  const { timers, delivered, append } = await follow();
  expect(timers.waiting).toEqual([FOREIGN_POLL_MS]);
  append(1);
  timers.elapse();
  await settled();
  expect(delivered).toEqual([1]);
});

test("a long backlog is read to its end after one nudge", async () => {
  const { follower, delivered, append, state } = await follow();
  append(1_200);
  follower.nudge();
  await settled();
  expect(delivered).toHaveLength(1_200);
  expect(delivered).toEqual([...delivered].sort((a, b) => a - b));
  expect(state.reads).toBe(3);
});

test("a nudge while reading is answered by one more read, however many nudges", async () => {
  const reads = new SlowReads<FollowedEvent[]>();
  const delivered: number[] = [];
  const follower = await OutboxFollower.start({
    source: { lastSeq: async () => 0, eventsAfter: reads.read },
    deliver: ({ seq }) => void delivered.push(seq),
    repeat: new FakeTimers().repeat,
    onError: (error) => expect.fail(String(error)),
  });
  follower.nudge();
  follower.nudge();
  follower.nudge();
  expect(reads.open).toBe(1);
  await reads.answer([event(1)]);
  expect(reads.open).toBe(1);
  await reads.answer([event(2)]);
  expect(reads.open).toBe(0);
  expect(delivered).toEqual([1, 2]);
});

test("a failed read is reported, and the next one delivers what it missed", async () => {
  const { follower, timers, delivered, errors, state, append } = await follow();
  const failure = new Error("disk I/O error");
  append(2);
  state.failing = failure;
  follower.nudge();
  await settled();
  expect(errors).toEqual([failure]);
  state.failing = null;
  timers.elapse();
  await settled();
  expect(delivered).toEqual([1, 2]);
});

test("an event that can't be delivered is reported and does not hold up the others for ever", async () => {
  const { follower, timers, delivered, errors, state, append } = await follow();
  append(3);
  state.refuse = 2;
  follower.nudge();
  await settled();
  timers.elapse();
  await settled();
  expect(delivered).toEqual([1, 3]);
  expect(errors).toHaveLength(1);
});

test("a closed follower no longer looks by itself", async () => {
  const { follower, timers } = await follow();
  follower.close();
  expect(timers.waiting).toEqual([]);
});
