import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { BEAT_GROUPS } from "#server/realtime/heartbeat.ts";
import { Hub, type TallyFrame } from "#server/realtime/hub.ts";
import { EventStreams, HEARTBEAT_MS } from "#server/realtime/event-streams.ts";
import { StreamSlots } from "#server/realtime/stream-slots.ts";
import { FakeTimers, settled } from "./fakes.ts";

const SHOW = 1;

/** A response whose socket takes what the test lets it take. */
class FakeResponse extends EventEmitter {
  status = 0;
  headers: Record<string, string> = {};
  readonly chunks: string[] = [];
  readonly socket = null;
  destroyed = false;
  ended = false;
  /** How many more writes the socket takes before it is full. */
  room = Infinity;
  #waiting: (() => void)[] = [];

  get writable(): boolean {
    return !this.ended && !this.destroyed;
  }
  removeHeader(): void {}
  flushHeaders(): void {}
  cork(): void {}
  uncork(): void {}
  writeHead(status: number, headers: Record<string, string>): void {
    this.status = status;
    this.headers = headers;
  }
  write(chunk: Buffer, taken: () => void = () => {}): void {
    this.chunks.push(chunk.toString());
    this.room -= 1;
    if (this.room > 0) queueMicrotask(taken);
    else this.#waiting.push(taken);
  }
  end(): void {
    this.ended = true;
    this.destroy();
  }
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit("close");
  }
  async drain(room = Infinity): Promise<void> {
    this.room = room;
    for (const taken of this.#waiting.splice(0)) taken();
    await settled();
  }
  /** Versions of the tallies sent, and the names of other events. */
  get sent(): (number | string)[] {
    return this.chunks.flatMap((chunk) => {
      const id = /^id: (\d+)$/m.exec(chunk)?.[1];
      const event = /^event: (\w+)$/m.exec(chunk)?.[1];
      return event === undefined ? [] : [id === undefined ? event : Number(id)];
    });
  }
}

function streams({ version = 1, total = 10, perAddress = 10 } = {}) {
  const [beats, pauses] = [new FakeTimers(), new FakeTimers()];
  const state = { version: version as number | null, setlist: null as object | null, setlistReads: 0 };
  const hub = new Hub({
    loadTally: async (): Promise<TallyFrame | null> =>
      state.version === null ? null : { version: state.version, total: state.version, songs: [] },
    loadSetlist: async () => {
      state.setlistReads += 1;
      return { setlist: state.setlist, forMs: null };
    },
    loadVoting: async () => ({ open: false }),
    schedule: pauses.schedule,
    later: setImmediate,
    clock: () => 0,
    onError: (error) => expect.fail(String(error)),
  });
  const slots = new StreamSlots({ total, perAddress });
  const served = new EventStreams({ slots, repeat: beats.repeat });
  const open = async (address = "203.0.113.9", lastEventId?: string, res = new FakeResponse()) => {
    const req = { headers: lastEventId === undefined ? {} : { "last-event-id": lastEventId } } as IncomingMessage;
    const refusal = await served.serve(req, res as unknown as ServerResponse, { subscribe: (hear) => hub.subscribe(SHOW, hear), address });
    await settled();
    return { res, refusal };
  };
  /** Sends a tally to every stream of the show and lets the pause after it pass. */
  const announce = async (version: number) => {
    state.version = version;
    hub.tallyChanged(SHOW);
    await settled();
    pauses.elapse();
  };
  /** Lets one heartbeat reach every stream. */
  const beat = async () => {
    for (let group = 0; group < BEAT_GROUPS; group += 1) beats.elapse();
    await settled();
  };
  /** Tells every stream of the show of another setlist. */
  const play = async (...songs: string[]) => {
    state.setlist = { songs };
    hub.setlistChanged(SHOW);
    await settled();
    pauses.elapse();
    await settled();
  };
  return { play, hub, slots, streams: served, beats, beat, state, open, announce };
}

describe("a stream", () => {
  test("starts with the current tally as a server-sent event that nothing may buffer or keep", async () => {
    const { open } = streams({ version: 4 });
    const { res, refusal } = await open();
    expect(refusal).toBeNull();
    expect(res.status).toBe(200);
    expect(res.headers).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
    });
    expect(res.chunks.join("")).toContain('event: tally\nid: 4\ndata: {"version":4,"total":4,"songs":[]}\n\n');
  });

  test.each([
    ["what it has already: nothing", "4", []],
    ["something older: the current tally", "3", [4]],
    ["something newer, from a database since restored: the current tally", "9", [4]],
    ["a word: the current tally", "four", [4]],
    ["a number beyond all: the current tally", "9".repeat(40), [4]],
  ])("that resumes after %s", async (_, lastEventId, sent) => {
    const { open } = streams({ version: 4 });
    expect((await open("a", lastEventId)).res.sent).toEqual(sent);
  });

  test("of a show that does not exist leaves the response to the caller and no trace", async () => {
    const all = streams();
    all.state.version = null;
    const { res, refusal } = await all.open();
    expect(refusal).toBe("not_found");
    expect([res.status, res.chunks]).toEqual([0, []]);
    expect(all.slots.taken).toBe(0);
    expect(all.hub.subscribers).toBe(0);
  });

  test("whose browser left while it was opened ends at once", async () => {
    const all = streams();
    const res = new FakeResponse();
    res.destroyed = true;
    await all.open("a", undefined, res);
    expect(all.slots.taken).toBe(0);
    expect(all.hub.subscribers).toBe(0);
    expect(all.beats.waiting).toEqual([]);
    expect(res.chunks).toEqual([]);
  });

  test("that closes gives back its place, its heartbeat and its subscription", async () => {
    const all = streams({ perAddress: 1 });
    const { res } = await all.open();
    expect(all.beats.waiting).toEqual([HEARTBEAT_MS / BEAT_GROUPS]);
    res.destroy();
    expect(all.slots.taken).toBe(0);
    expect(all.hub.subscribers).toBe(0);
    expect(all.beats.waiting).toEqual([]);
    expect((await all.open()).refusal).toBeNull();
  });
});

describe("the setlist of a show", () => {
  test("comes behind the first tally, and then by itself with each change", async () => {
    const all = streams();
    all.state.setlist = { songs: ["One"] };
    const { res } = await all.open();
    expect(res.sent).toEqual([1, "setlist"]);
    await all.play("One", "Two");
    expect(res.sent).toEqual([1, "setlist", "setlist"]);
    expect(res.chunks.at(-1)).toBe('event: setlist\ndata: {"songs":["One","Two"]}\n\n');
  });

  test("is read once for each change, however many listen", async () => {
    const all = streams({ total: 500, perAddress: 500 });
    const opened = [];
    for (let i = 0; i < 400; i += 1) opened.push(await all.open());
    expect(all.state.setlistReads).toBe(1);
    await all.play("One");
    await settled();
    expect(all.state.setlistReads).toBe(2);
    expect(opened.every(({ res }) => res.sent.at(-1) === "setlist")).toBe(true);
  });

  test("reaches a reader who was slow as the newest one, beside the newest tally", async () => {
    const all = streams();
    const { res } = await all.open();
    await res.drain(1);
    await all.announce(2);
    await all.play("One");
    await all.play("One", "Two");
    await all.announce(3);
    await res.drain();
    expect(res.sent).toEqual([1, 2, 3, "setlist"]);
    expect(res.chunks.at(-1)).toContain("Two");
  });

  test("does not stop the tally where it cannot be read, and comes later", async () => {
    const errors: unknown[] = [];
    const pauses = new FakeTimers();
    let failing = true;
    const hub = new Hub({
      loadTally: async () => ({ version: 1, total: 0, songs: [] }),
      loadVoting: async () => null,
      loadSetlist: async () => {
        if (failing) throw new Error("The disk is gone");
        return { setlist: { songs: ["One"] }, forMs: null };
      },
      schedule: pauses.schedule,
      later: setImmediate,
      clock: () => 0,
      onError: (error) => errors.push(error),
    });
    const heard: string[] = [];
    const subscription = await hub.subscribe(SHOW, ({ event }) => heard.push(event));
    expect([subscription!.first.event, subscription!.also, errors.length]).toEqual(["tally", [], 1]);
    failing = false;
    pauses.elapse();
    await settled();
    expect(heard).toEqual(["setlist"]);
  });
});

describe("too many streams", () => {
  test("from one address are refused, from another not", async () => {
    const { open } = streams({ perAddress: 2 });
    await open("a");
    await open("a");
    const { res, refusal } = await open("a");
    expect(refusal).toBe("too_many_streams");
    expect(res.status).toBe(0);
    expect((await open("b")).refusal).toBeNull();
  });

  test("in all are refused, also when they come at once", async () => {
    const { open } = streams({ total: 2 });
    const all = await Promise.all(["a", "b", "c", "d"].map((address) => open(address)));
    expect(all.map(({ refusal }) => refusal)).toEqual([null, null, "too_many_streams", "too_many_streams"]);
  });
});

describe("a reader that takes nothing", () => {
  test("gets the newest tally when it can take more, not those before it", async () => {
    const all = streams();
    const { res } = await all.open();
    res.room = 1;
    for (const version of [2, 3, 4, 5]) await all.announce(version);
    expect(res.sent).toEqual([1, 2]);
    await res.drain();
    expect(res.sent).toEqual([1, 2, 5]);
  });

  test("gets the newest of each kind", async () => {
    const all = streams();
    const { res } = await all.open();
    res.room = 1;
    await all.announce(2);
    await all.announce(3);
    all.hub.votingChanged(SHOW);
    await settled();
    expect(res.sent).toEqual([1, 2]);
    await res.drain(1);
    expect(res.sent).toHaveLength(3);
    await res.drain();
    expect(res.sent.slice(2).sort()).toEqual([3, "voting"]);
  });

  test("holds one write and nothing behind it, however much its buffers would take", async () => {
    const all = streams();
    const { res } = await all.open();
    const before = res.chunks.length;
    res.room = 1;
    for (const version of [2, 3, 4, 5]) await all.announce(version);
    for (let i = 0; i < 3; i += 1) await all.beat();
    expect(res.chunks).toHaveLength(before + 1);
  });

  test("is cut off after four heartbeats, one that takes some now and then is not", async () => {
    const all = streams();
    const { res: stalled } = await all.open("a");
    const { res: slow } = await all.open("b");
    for (const res of [stalled, slow]) res.room = 1;
    await all.announce(2);
    for (let i = 0; i < 3; i += 1) await all.beat();
    expect([stalled.destroyed, slow.destroyed]).toEqual([false, false]);
    await slow.drain(1);
    await all.announce(3);
    await all.beat();
    expect([stalled.destroyed, slow.destroyed]).toEqual([true, false]);
    for (let i = 0; i < 2; i += 1) await all.beat();
    expect(slow.destroyed).toBe(false);
    await all.beat();
    expect(slow.destroyed, "took nothing for four heartbeats after all").toBe(true);
    expect(all.slots.taken).toBe(0);
    expect(all.streams.cutOff).toBe(2);
  });
});

describe("a heartbeat", () => {
  test("is a comment, which a page does not see", async () => {
    const all = streams();
    const { res } = await all.open();
    // The first one finds a tally just sent.
    await all.beat();
    const before = res.chunks.length;
    await all.beat();
    expect(res.chunks.slice(before)).toEqual([": \n\n"]);
  });

  test("costs no write where frames come anyway", async () => {
    const all = streams();
    const { res } = await all.open();
    for (const version of [2, 3, 4]) {
      await all.announce(version);
      await all.beat();
    }
    expect(res.chunks.filter((chunk) => chunk.startsWith(":"))).toEqual([]);
  });

  test("is one timer, however many streams there are", async () => {
    const all = streams();
    for (const address of ["a", "b", "c"]) await all.open(address);
    expect(all.beats.waiting).toHaveLength(1);
  });
});

test("at shutdown every stream is ended properly", async () => {
  const all = streams();
  const opened = [await all.open("a"), await all.open("b")];
  all.streams.close();
  expect(opened.map(({ res }) => res.ended)).toEqual([true, true]);
  expect(all.slots.taken).toBe(0);
});
