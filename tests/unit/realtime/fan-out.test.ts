import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Audience } from "#server/realtime/audience.ts";
import { FanOut, FRAMES_A_TURN, LONGEST_PAUSE_MS, LOOP_SHARE } from "#server/realtime/fan-out.ts";
import { tallyFrame, votingFrame } from "#server/realtime/frames.ts";
import { FakeTimers } from "./fakes.ts";

/** A fan-out whose turns of the event loop and whose clock the test moves. */
function fanOut({ msAFrame = 0 } = {}) {
  const timers = new FakeTimers();
  const state = { now: 1_000, heard: 0 };
  let turns: (() => void)[] = [];
  const sender = new FanOut({
    later: (run) => void turns.push(run),
    schedule: (run, ms) =>
      timers.schedule(() => {
        state.now += ms;
        run();
      }, ms),
    clock: () => state.now,
  });
  const crowd = (size: number) => {
    const audience = new Audience((error) => expect.fail(String(error)));
    const heard: (number | null)[][] = [];
    const join = () => {
      const mine: (number | null)[] = [];
      heard.push(mine);
      return audience.join((frame) => {
        mine.push(frame.id);
        state.heard += 1;
        state.now += msAFrame;
      });
    };
    const seats = Array.from({ length: size }, join);
    return { audience, heard, seats, join, have: (id: number) => heard.filter((mine) => mine.at(-1) === id).length };
  };
  /** One turn of the event loop; how many frames went out in it. */
  const turn = (): number => {
    const due = turns;
    turns = [];
    const before = state.heard;
    for (const run of due) run();
    return state.heard - before;
  };
  return {
    sender,
    timers,
    state,
    crowd,
    send: (audience: Audience, version: number) => sender.send(audience, tally(version)),
    turn,
    get turns() {
      return turns.length;
    },
  };
}

function tally(version: number) {
  return tallyFrame({ version, total: version, songs: [] });
}

describe("a frame for a large crowd", () => {
  test("goes out in slices, one a turn of the event loop, the first at once", () => {
    const { crowd, send, turn } = fanOut();
    const { audience, have } = crowd(FRAMES_A_TURN * 2 + 10);
    send(audience, 1);
    expect(have(1)).toBe(FRAMES_A_TURN);
    expect([turn(), turn(), turn()]).toEqual([FRAMES_A_TURN, 10, 0]);
    expect(have(1)).toBe(FRAMES_A_TURN * 2 + 10);
  });

  test("leaves no turn to come when all have it", () => {
    const all = fanOut();
    all.send(all.crowd(3).audience, 1);
    all.turn();
    expect(all.turns).toBe(0);
  });

  test("is replaced by a newer one for those who have not had it; the others get the newer one after them", () => {
    const { crowd, send, turn } = fanOut();
    const { audience, heard, have } = crowd(FRAMES_A_TURN * 2);
    send(audience, 1);
    send(audience, 2);
    turn();
    expect([have(1), have(2)]).toEqual([FRAMES_A_TURN, FRAMES_A_TURN]);
    turn();
    turn();
    expect(have(2)).toBe(FRAMES_A_TURN * 2);
    expect(heard.at(0)).toEqual([1, 2]);
    expect(heard.at(-1)).toEqual([2]);
  });

  test("does not keep a frame of another kind from anyone", () => {
    const { sender, crowd, send, turn } = fanOut();
    const { audience, heard } = crowd(FRAMES_A_TURN + 1);
    send(audience, 1);
    sender.send(audience, votingFrame({ open: false }));
    for (let i = 0; i < 4; i += 1) turn();
    expect(heard.at(0)).toEqual([1, null]);
    expect(heard.at(-1)).toEqual([1, null]);
  });

  test("reaches who joins before it has gone round, and not who has left", () => {
    const { crowd, send, turn } = fanOut();
    const { audience, heard, seats, join } = crowd(FRAMES_A_TURN + 2);
    send(audience, 1);
    audience.leave(seats.at(-1)!);
    join();
    send(audience, 2);
    for (let i = 0; i < 4; i += 1) turn();
    expect(heard.at(-2)).toEqual([]);
    expect(heard.at(-1)).toEqual([2]);
  });
});

describe("frames of several shows", () => {
  test("share a turn's slice", () => {
    const { crowd, send, turn, state } = fanOut();
    const shows = Array.from({ length: 5 }, () => crowd(FRAMES_A_TURN - 50));
    for (const { audience } of shows) send(audience, 1);
    expect(state.heard).toBe(FRAMES_A_TURN);
    const slices = [turn(), turn(), turn(), turn()];
    expect(slices).toEqual([FRAMES_A_TURN, FRAMES_A_TURN, FRAMES_A_TURN, FRAMES_A_TURN - 250]);
    expect(shows.map(({ have }) => have(1))).toEqual(shows.map(() => FRAMES_A_TURN - 50));
  });

  test("take turns, so that a small show does not wait for a large one", () => {
    const { crowd, send, turn } = fanOut();
    const [large, small] = [crowd(FRAMES_A_TURN * 20), crowd(5)];
    send(large.audience, 1);
    send(small.audience, 1);
    turn();
    turn();
    expect(small.have(1)).toBe(5);
  });
});

describe("the pause after a round", () => {
  const cost = 0.1 * FRAMES_A_TURN * 2;

  test("leaves the event loop its share, and the frame after it is the newest", () => {
    const { crowd, send, turn, timers } = fanOut({ msAFrame: 0.1 });
    const { audience, heard, have } = crowd(FRAMES_A_TURN * 2);
    send(audience, 1);
    turn();
    turn();
    send(audience, 2);
    send(audience, 3);
    expect(timers.waiting).toHaveLength(1);
    expect(timers.waiting[0]).toBeCloseTo(cost / LOOP_SHARE - cost, 6);
    expect(have(1)).toBe(FRAMES_A_TURN * 2);
    timers.elapse();
    turn();
    expect(have(3)).toBe(FRAMES_A_TURN * 2);
    expect(heard.at(0)).toEqual([1, 3]);
  });

  test("has no timer while nothing has changed, and is over when there was time enough", () => {
    const { crowd, send, turn, timers, state } = fanOut({ msAFrame: 0.1 });
    const { audience, have } = crowd(FRAMES_A_TURN * 2);
    send(audience, 1);
    turn();
    turn();
    expect(timers.waiting).toEqual([]);
    state.now += cost;
    send(audience, 2);
    expect(have(2), "at once").toBe(FRAMES_A_TURN);
  });

  test("is never longer than half a second from the beginning of the round", () => {
    const { crowd, send, turn, timers } = fanOut({ msAFrame: 1 });
    const { audience } = crowd(LONGEST_PAUSE_MS - 20);
    send(audience, 1);
    turn();
    send(audience, 2);
    expect(timers.waiting).toEqual([20]);
  });

  test("counts what other shows cost meanwhile", () => {
    const { crowd, send, turn, timers } = fanOut({ msAFrame: 0.1 });
    const [one, two] = [crowd(FRAMES_A_TURN), crowd(FRAMES_A_TURN)];
    send(one.audience, 1);
    send(two.audience, 1);
    turn();
    turn();
    send(two.audience, 2);
    const alone = 0.1 * FRAMES_A_TURN;
    expect(timers.waiting[0]).toBeCloseTo(alone / LOOP_SHARE - alone, 6);
  });

  test("ends with its audience, and with the fan-out", () => {
    const { sender, crowd, send, turn, timers } = fanOut({ msAFrame: 0.1 });
    const [one, two] = [crowd(10), crowd(10)];
    for (const { audience } of [one, two]) {
      send(audience, 1);
      send(audience, 2);
    }
    turn();
    expect(timers.waiting).toHaveLength(2);
    sender.drop(one.audience);
    expect(timers.waiting).toHaveLength(1);
    sender.close();
    expect(timers.waiting).toEqual([]);
  });
});

test("what went out and how long a round took can be read", () => {
  const { sender, crowd, send, turn } = fanOut({ msAFrame: 0.5 });
  send(crowd(FRAMES_A_TURN + 50).audience, 1);
  turn();
  expect(sender.framesSent).toBe(FRAMES_A_TURN + 50);
  expect(sender.lastRoundMs).toBe((FRAMES_A_TURN + 50) / 2);
});

test("a listener that throws is reported and keeps nothing from the others", () => {
  const errors: unknown[] = [];
  const audience = new Audience((error) => errors.push(error));
  const heard: (number | null)[] = [];
  audience.join(() => {
    throw new Error("gone");
  });
  audience.join((frame) => void heard.push(frame.id));
  fanOut().send(audience, 1);
  expect(heard).toEqual([1]);
  expect(errors).toEqual([new Error("gone")]);
});

test("however frames, turns and visitors come, nobody has an older frame after a newer, and all end with the last", () => {
  const step = fc.constantFrom("send", "send", "turn", "turn", "join", "leave", "pause");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: "max" }), fc.integer({ min: 0, max: 900 }), (steps, size) => {
      const { crowd, send, turn, timers } = fanOut({ msAFrame: 0.01 });
      const { audience, heard, seats, join } = crowd(size);
      const gone = new Set<number>();
      const joinedAt = new Map<number, number>();
      let version = 0;
      for (const kind of steps) {
        if (kind === "send") send(audience, (version += 1));
        else if (kind === "turn") turn();
        else if (kind === "pause") timers.elapse();
        else if (kind === "join") {
          joinedAt.set(heard.length, version);
          seats.push(join());
        } else if (gone.size < seats.length) {
          audience.leave(seats[gone.size]!);
          gone.add(gone.size);
        }
      }
      // A turn that hands nothing out may end a round and so begin a pause.
      while (timers.elapse() + turn() > 0 || timers.waiting.length > 0);
      for (const [i, mine] of heard.entries()) {
        expect(mine, "in order, each once").toEqual([...new Set(mine)].sort((a, b) => a! - b!));
        if (!gone.has(i) && version > (joinedAt.get(i) ?? 0)) expect(mine.at(-1)).toBe(version);
      }
    }),
    { numRuns: 60, examples: [[["join", "join", "join", "join", "send", "send"], 496]] },
  );
});
