import type { Logger } from "pino";
import type { KnownAccess } from "./auth/known-access.ts";
import type { Config } from "./config/config.ts";
import { OutboxFollower, type FollowedEvent } from "./realtime/follow-outbox.ts";
import { Hub } from "./realtime/hub.ts";
import { ShowStreams } from "./realtime/show-stream.ts";
import { StreamSlots } from "./realtime/stream-slots.ts";
import { eventsAfter, lastEventSeq, readTally, readVoting } from "./views/live-tally.ts";
import type { Reader } from "./views/reader.ts";

export interface Live {
  hub: Hub;
  streams: ShowStreams;
  slots: StreamSlots;
  /** Calls back for each event of the outbox from now on. */
  onEvent(hear: (event: FollowedEvent) => void): void;
  /** Says that this process has committed something. */
  nudge(): void;
  close(): void;
}

export interface LiveOptions {
  reader: Reader;
  now: () => number;
  log: Logger;
  streams: Config["streams"];
  /** What is believed of who may do what, to be forgotten when any process changes it. */
  known: Pick<KnownAccess, "forget" | "forgetAll">;
}

/** Live pages: the outbox moves the hub, the hub feeds the streams. */
export async function startLive({ reader, now, log, streams: limits, known }: LiveOptions): Promise<Live> {
  const onError = (error: unknown) => log.error({ err: error }, "A live tally could not be read");
  const hub = new Hub({
    loadTally: (showId) => readTally(reader, showId),
    loadVoting: (showId) => readVoting(reader, showId, now()),
    schedule,
    later: setImmediate,
    clock: () => performance.now(),
    onError,
  });
  const heard: ((event: FollowedEvent) => void)[] = [];
  const follower = await OutboxFollower.start({
    source: {
      lastSeq: () => lastEventSeq(reader),
      eventsAfter: (seq, limit) => eventsAfter(reader, seq, limit),
    },
    deliver(event) {
      for (const hear of heard) hear(event);
      if (event.kind === "access.changed") forgetAccess(known, event);
      else deliver(hub, event);
    },
    repeat,
    onError,
  });
  const slots = new StreamSlots(limits);
  const streams = new ShowStreams({ hub, slots, repeat });
  return {
    hub,
    streams,
    slots,
    onEvent: (hear) => void heard.push(hear),
    nudge: () => follower.nudge(),
    close() {
      follower.close();
      slots.close();
      streams.close();
      hub.close();
    },
  };
}

function forgetAccess(known: LiveOptions["known"], { payload: { userId } }: FollowedEvent): void {
  if (typeof userId === "number") known.forget(userId);
  else known.forgetAll();
}

function deliver(hub: Hub, { kind, showId }: FollowedEvent): void {
  if (showId === null) return;
  switch (kind) {
    case "tally.changed":
    case "ballot.changed":
      return hub.tallyChanged(showId);
    case "voting.changed":
    case "show.changed":
      return hub.votingChanged(showId);
    case "access.changed":
    case "import.changed":
      return;
  }
}

function schedule(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

function repeat(run: () => void, ms: number): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}
