import { describe, expect, test } from "vitest";
import type { Pace } from "#jobs/providers/pace.ts";
import { Turns } from "#jobs/providers/turns.ts";
import { TestClock } from "#tests/support/clock.ts";

/** Turns whose pace and sleep go on when the test says so. */
function held() {
  const log: string[] = [];
  const gates: (() => void)[] = [];
  const reached: (() => void)[] = [];
  const gate = async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gates.push(resolve);
    reached.shift()?.();
    await promise;
  };
  const clock = new TestClock();
  const pace: Pace = async (launch) => {
    await gate();
    return launch();
  };
  const sleep = async (ms: number) => {
    await gate();
    clock.advance(ms);
  };
  const turn = (name: string) => ({ check: () => {}, prepare: async () => void log.push(`prepare ${name}`), run: async () => void log.push(`run ${name}`) });
  return {
    turns: new Turns({ pace, clock: clock.now, sleep }),
    log,
    turn,
    /** Resolves when somebody stands at a gate. */
    atGate: () => (gates.length > 0 ? Promise.resolve() : new Promise<void>((resolve) => reached.push(resolve))),
    open: () => gates.shift()!(),
  };
}

/** Two who wait for their turns: the first gives up while whatever comes first is held at a gate, the second goes on to its end. */
function twoTurns() {
  const { turns, log, turn, atGate, open } = held();
  const giveUpFirst = async () => {
    const stop = new AbortController();
    const first = turns.take(turn("a"), stop.signal);
    const second = turns.take(turn("b"));
    await atGate();
    stop.abort(new Error("We close."));
    await expect(first).rejects.toThrow("We close.");
    open();
    await atGate();
    open();
    await second;
  };
  return { turns, log, giveUpFirst };
}

describe("a turn that is given up", () => {
  test("while its place comes is not run", async () => {
    const { log, giveUpFirst } = twoTurns();
    await giveUpFirst();
    expect(log).toEqual(["prepare a", "prepare b", "run b"]);
  });

  test("during a pause costs nothing", async () => {
    const { turns, log, giveUpFirst } = twoTurns();
    turns.pause(10_000);
    await giveUpFirst();
    expect(log).toEqual(["prepare b", "run b"]);
  });
});

test("who comes while the last turn ends gets one, too", async () => {
  const { turns, log, turn, atGate, open } = held();
  const first = turns.take(turn("a")).then(() => turns.take(turn("b")));
  await atGate();
  open();
  await atGate();
  open();
  await first;
  expect([log, turns.waiting]).toEqual([["prepare a", "run a", "prepare b", "run b"], 0]);
});

test("a pause is never made shorter by another", () => {
  const { turns } = held();
  turns.pause(10_000);
  turns.pause(2_000);
  expect(turns.pausedMs).toBe(10_000);
});
