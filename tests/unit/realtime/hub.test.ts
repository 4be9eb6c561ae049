import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LOOP_SHARE } from "#server/realtime/fan-out.ts";
import { FRAME_INTERVAL_MS, FRESH_INTERVAL_MS, Hub, RETRY_MS, type Frame, type TallyFrame } from "#server/realtime/hub.ts";
import { FakeTimers, settled, SlowReads } from "./fakes.ts";

const SHOW = 1;

/** A hub over shows whose tally versions the test sets. */
function hubOver(versions: Map<number, number>) {
  const timers = new FakeTimers();
  const errors: unknown[] = [];
  const clock = { now: 0 };
  let failing: Error | null = null;
  let reads = 0;
  const hub = new Hub({
    loadTally: async (showId) => {
      reads += 1;
      if (failing) throw failing;
      const version = versions.get(showId);
      return version === undefined ? null : tally(version);
    },
    loadSetlist: async () => ({ setlist: null, forMs: null }),
    loadVoting: async (showId) => {
      if (failing) throw failing;
      return versions.has(showId) ? { open: true } : null;
    },
    schedule: timers.schedule,
    later: setImmediate,
    clock: () => clock.now,
    onError: (error) => errors.push(error),
  });
  return {
    hub,
    clock,
    timers,
    errors,
    reads: () => reads,
    fail: (error: Error | null) => void (failing = error),
    change: async (version: number, showId = SHOW) => {
      versions.set(showId, version);
      hub.tallyChanged(showId);
      await settled();
    },
    elapse: async () => {
      timers.elapse();
      await settled();
    },
  };
}

function tally(version: number): TallyFrame {
  return { version, total: version, songs: [{ setlistSongId: 9, votes: version }] };
}

function listener() {
  const frames: Frame[] = [];
  return { frames, hear: (frame: Frame) => void frames.push(frame), versions: () => frames.map((frame) => frame.id) };
}

describe("a subscriber", () => {
  test("has the current tally first, whole", async () => {
    const { hub } = hubOver(new Map([[SHOW, 4]]));
    const subscription = await hub.subscribe(SHOW, () => {});
    expect(subscription?.first).toEqual({ event: "tally", id: 4, data: JSON.stringify(tally(4)) });
  });

  test("of a show that does not exist is turned away and leaves nothing behind", async () => {
    const { hub } = hubOver(new Map());
    expect(await hub.subscribe(SHOW, () => {})).toBeNull();
    expect(hub.subscribers).toBe(0);
  });

  test("hears the first change after a quiet spell at once", async () => {
    const { hub, change, timers } = hubOver(new Map([[SHOW, 1]]));
    const { hear, versions } = listener();
    await hub.subscribe(SHOW, hear);
    await change(2);
    expect(versions()).toEqual([2]);
    expect(timers.waiting).toEqual([FRAME_INTERVAL_MS]);
  });

  test("hears all changes within the interval as one, after it, the last included", async () => {
    const { hub, change, elapse, reads } = hubOver(new Map([[SHOW, 1]]));
    const { hear, versions } = listener();
    await hub.subscribe(SHOW, hear);
    await change(2);
    const before = reads();
    for (let version = 3; version <= 40; version += 1) await change(version);
    expect(versions()).toEqual([2]);
    expect(reads(), "nothing is read for changes that wait").toBe(before);
    await elapse();
    expect(versions()).toEqual([2, 40]);
  });

  test("hears nothing after an interval without changes, and the next change at once again", async () => {
    const { hub, change, elapse, timers } = hubOver(new Map([[SHOW, 1]]));
    const { hear, versions } = listener();
    await hub.subscribe(SHOW, hear);
    await change(2);
    await elapse();
    expect(versions()).toEqual([2]);
    expect(timers.waiting).toEqual([]);
    await change(3);
    expect(versions()).toEqual([2, 3]);
  });

  test("of a crowd that takes long to reach has a newer tally read before each turn, and its own pause", async () => {
    const { hub, change, elapse, timers, clock } = hubOver(new Map([[SHOW, 1]]));
    const { hear, versions } = listener();
    const heavy = FRAME_INTERVAL_MS;
    await hub.subscribe(SHOW, (frame) => {
      hear(frame);
      clock.now += heavy;
    });
    await change(2);
    clock.now += heavy;
    await elapse();
    await change(3);
    expect(timers.waiting).toEqual([FRESH_INTERVAL_MS]);
    expect(versions()).toEqual([2, 3]);
    await change(4);
    await elapse();
    expect(versions(), "read, and not sent before the pause is over").toEqual([2, 3]);
    const pause = heavy / LOOP_SHARE - heavy;
    expect(timers.waiting.sort((a, b) => a - b)).toEqual([FRESH_INTERVAL_MS, expect.closeTo(pause, 6)]);
    clock.now += heavy;
    await elapse();
    expect(versions()).toEqual([2, 3, 4]);
  });

  test("hears its own show only", async () => {
    const { hub, change } = hubOver(new Map([[1, 1], [2, 1]]));
    const [first, second] = [listener(), listener()];
    await hub.subscribe(1, first.hear);
    await hub.subscribe(2, second.hear);
    await change(2, 2);
    expect(first.versions()).toEqual([]);
    expect(second.versions()).toEqual([2]);
  });

  test("that has left hears nothing more, and the others do", async () => {
    const { hub, change, elapse } = hubOver(new Map([[SHOW, 1]]));
    const [gone, here] = [listener(), listener()];
    const subscription = await hub.subscribe(SHOW, gone.hear);
    await hub.subscribe(SHOW, here.hear);
    await change(2);
    subscription?.close();
    await change(3);
    await elapse();
    expect(gone.versions()).toEqual([2]);
    expect(here.versions()).toEqual([2, 3]);
  });

  test("gets the very same frame as all others: it is serialised once", async () => {
    const { hub, change } = hubOver(new Map([[SHOW, 1]]));
    const [a, b] = [listener(), listener()];
    await hub.subscribe(SHOW, a.hear);
    await hub.subscribe(SHOW, b.hear);
    await change(2);
    expect(a.frames[0]).toBe(b.frames[0]);
  });

  test("hears that voting was locked", async () => {
    const { hub } = hubOver(new Map([[SHOW, 1]]));
    const { hear, frames } = listener();
    await hub.subscribe(SHOW, hear);
    hub.votingChanged(SHOW);
    await settled();
    expect(frames).toEqual([{ event: "voting", id: null, data: '{"open":true}' }]);
  });
});

describe("a show that nobody watches", () => {
  test("costs nothing: no read, no wait", async () => {
    const { hub, change, reads, timers } = hubOver(new Map([[SHOW, 1]]));
    await change(2);
    hub.votingChanged(SHOW);
    expect(reads()).toBe(0);
    expect(timers.waiting).toEqual([]);
  });

  test("ends its wait with its last subscriber", async () => {
    const { hub, change, timers } = hubOver(new Map([[SHOW, 1]]));
    const subscription = await hub.subscribe(SHOW, () => {});
    await change(2);
    expect(timers.waiting).toHaveLength(1);
    subscription?.close();
    subscription?.close();
    expect(hub.subscribers).toBe(0);
    expect(timers.waiting).toEqual([]);
  });

  test("is read anew for the next subscriber when its tally has changed", async () => {
    const { hub, change } = hubOver(new Map([[SHOW, 1]]));
    (await hub.subscribe(SHOW, () => {}))?.close();
    await change(2);
    expect((await hub.subscribe(SHOW, () => {}))?.first.id).toBe(2);
  });

  test("is not read again when nothing has changed", async () => {
    const { hub, change, reads } = hubOver(new Map([[SHOW, 1]]));
    const subscription = await hub.subscribe(SHOW, () => {});
    await change(2);
    subscription?.close();
    const before = reads();
    const { hear, versions } = listener();
    expect((await hub.subscribe(SHOW, hear))?.first.id).toBe(2);
    expect(reads()).toBe(before);
    await change(3);
    expect(versions()).toEqual([3]);
  });

  test("is read anew where its last subscriber left with a change held back", async () => {
    const { hub, change } = hubOver(new Map([[SHOW, 1]]));
    const subscription = await hub.subscribe(SHOW, () => {});
    await change(2);
    await change(3);
    subscription?.close();
    expect((await hub.subscribe(SHOW, () => {}))?.first.id).toBe(3);
  });
});

test("closing the hub ends every wait", async () => {
  const { hub, change, timers } = hubOver(new Map([[1, 1], [2, 1]]));
  await hub.subscribe(1, () => {});
  await hub.subscribe(2, () => {});
  await change(2, 1);
  await change(2, 2);
  hub.close();
  expect(timers.waiting).toEqual([]);
});

describe("while the tally is being read", () => {
  function slowHub() {
    const timers = new FakeTimers();
    const reads = new SlowReads<TallyFrame | null>();
    const errors: unknown[] = [];
    const hub = new Hub({
      loadTally: reads.read,
      loadSetlist: async () => ({ setlist: null, forMs: null }),
      loadVoting: async () => null,
      schedule: timers.schedule,
      later: setImmediate,
      clock: () => 0,
      onError: (error) => errors.push(error),
    });
    return { hub, timers, reads, errors };
  }

  test("several first subscribers share one read", async () => {
    const { hub, reads } = slowHub();
    const all = [1, 2, 3].map(() => hub.subscribe(SHOW, () => {}));
    await reads.answer(tally(7));
    expect(reads.started).toBe(1);
    expect((await Promise.all(all)).map((subscription) => subscription?.first.id)).toEqual([7, 7, 7]);
  });

  test("for the first subscriber, a change is read after it and heard", async () => {
    const { hub, reads } = slowHub();
    const { hear, versions } = listener();
    const subscribing = hub.subscribe(SHOW, hear);
    await settled();
    hub.tallyChanged(SHOW);
    await reads.answer(tally(1));
    expect((await subscribing)?.first.id).toBe(1);
    expect(reads.open, "the read that may have missed the change is followed by another").toBe(1);
    await reads.answer(tally(2));
    expect(versions().at(-1)).toBe(2);
  });

  test("for a frame, a change that comes after the interval is not lost", async () => {
    const { hub, timers, reads } = slowHub();
    const { hear, versions } = listener();
    const subscribing = hub.subscribe(SHOW, hear);
    await reads.answer(tally(1));
    await subscribing;
    hub.tallyChanged(SHOW);
    await settled();
    timers.elapse();
    hub.tallyChanged(SHOW);
    await reads.answer(tally(2));
    await reads.answer(tally(3));
    expect(versions()).toEqual([2, 3]);
  });

  test("for a frame, the only subscriber may leave", async () => {
    const { hub, reads, errors } = slowHub();
    const { hear, versions } = listener();
    const subscribing = hub.subscribe(SHOW, hear);
    await reads.answer(tally(1));
    hub.tallyChanged(SHOW);
    await settled();
    (await subscribing)?.close();
    await reads.answer(tally(2));
    expect(versions()).toEqual([]);
    expect(errors).toEqual([]);
  });

  test("and its last subscriber leaves, what was read before the change is not kept", async () => {
    const { hub, reads } = slowHub();
    const subscribing = hub.subscribe(SHOW, () => {});
    await reads.answer(tally(1));
    const subscription = await subscribing;
    hub.tallyChanged(SHOW);
    subscription?.close();
    await reads.answer(tally(2));
    const again = hub.subscribe(SHOW, () => {});
    await reads.answer(tally(2));
    expect((await again)?.first.id).toBe(2);
  });

  test("a tally older than the one that is out is not sent", async () => {
    const { hub, reads } = slowHub();
    const { hear, versions } = listener();
    const subscribing = hub.subscribe(SHOW, hear);
    await reads.answer(tally(5));
    await subscribing;
    hub.tallyChanged(SHOW);
    await settled();
    await reads.answer(tally(4));
    expect(versions()).toEqual([]);
  });
});

describe("when reading fails", () => {
  const failure = new Error("disk I/O error");

  test("a subscriber hears of it and leaves nothing behind", async () => {
    const { hub, fail } = hubOver(new Map([[SHOW, 1]]));
    fail(failure);
    await expect(hub.subscribe(SHOW, () => {})).rejects.toBe(failure);
    expect(hub.subscribers).toBe(0);
  });

  test("for a frame, the error is reported and the change goes out once reading works again", async () => {
    const { hub, change, elapse, fail, errors, timers } = hubOver(new Map([[SHOW, 1]]));
    const { hear, versions } = listener();
    await hub.subscribe(SHOW, hear);
    fail(failure);
    await change(2);
    expect(errors).toEqual([failure]);
    expect(versions()).toEqual([]);
    expect(timers.waiting, "not at the pace of frames").toEqual([RETRY_MS]);
    fail(null);
    await elapse();
    expect(versions()).toEqual([2]);
  });

  test("for a frame that nobody waits for any more, it is not tried again", async () => {
    const { hub, fail, errors, timers } = hubOver(new Map([[SHOW, 1]]));
    const subscription = await hub.subscribe(SHOW, () => {});
    fail(failure);
    hub.tallyChanged(SHOW);
    subscription?.close();
    await settled();
    expect(errors).toEqual([failure]);
    expect(timers.waiting).toEqual([]);
  });

  test("for the state of voting, the error is reported", async () => {
    const { hub, fail, errors } = hubOver(new Map([[SHOW, 1]]));
    await hub.subscribe(SHOW, () => {});
    fail(failure);
    hub.votingChanged(SHOW);
    await settled();
    expect(errors).toEqual([failure]);
  });

  test("what a subscriber throws is reported and keeps nothing from the others", async () => {
    const { hub, change, errors } = hubOver(new Map([[SHOW, 1]]));
    const { hear, frames } = listener();
    await hub.subscribe(SHOW, () => {
      throw failure;
    });
    await hub.subscribe(SHOW, hear);
    await change(2);
    hub.votingChanged(SHOW);
    await settled();
    expect(frames.map((frame) => frame.event)).toEqual(["tally", "voting"]);
    expect(errors).toEqual([failure, failure]);
  });
});

test("in whatever order changes, intervals and visitors come, everyone ends with the last version", async () => {
  const step = fc.constantFrom("change", "change", "elapse", "subscribe", "leave");
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: "max" }), async (steps) => {
      const { hub, change, elapse, timers } = hubOver(new Map([[SHOW, 0]]));
      const here: { known: () => number; close: () => void; frames: Frame[] }[] = [];
      let version = 0;
      for (const kind of steps) {
        if (kind === "change") await change((version += 1));
        else if (kind === "elapse") await elapse();
        else if (kind === "leave") here.shift()?.close();
        else {
          const { frames, hear } = listener();
          const subscription = (await hub.subscribe(SHOW, hear))!;
          expect(subscription.first.id, "nobody starts with an old tally").toBe(version);
          const known = () => Math.max(subscription.first.id!, ...frames.map((frame) => frame.id!));
          here.push({ known, close: () => subscription.close(), frames });
        }
      }
      while (timers.waiting.length > 0) await elapse();
      expect(here.map(({ known }) => known())).toEqual(here.map(() => version));
      for (const { frames } of here) {
        const ids = frames.map((frame) => frame.id!);
        expect(ids, "in order, each once").toEqual([...new Set(ids)].sort((a, b) => a - b));
      }
    }),
    { numRuns: 60 },
  );
});

describe("the setlist kept of a show that nobody watches", () => {
  test.each(["tallyChanged", "votingChanged", "setlistChanged"] as const)("is read again by the next reader after %s", async (change) => {
    let points = 1;
    const hub = new Hub({
      loadTally: async () => tally(1),
      loadSetlist: async () => ({ setlist: { points }, forMs: null }),
      loadVoting: async () => null,
      schedule: new FakeTimers().schedule,
      later: setImmediate,
      clock: () => 0,
      onError: (error) => expect.fail(String(error)),
    });
    const visit = async () => {
      const subscription = await hub.subscribe(SHOW, () => {});
      subscription!.close();
      return subscription!.also![0]!.data;
    };
    expect(await visit()).toBe('{"points":1}');
    points = 2;
    expect(await visit(), "nothing was told").toBe('{"points":1}');
    hub[change](SHOW);
    expect(await visit()).toBe('{"points":2}');
  });
});
