import type { Logger } from "pino";
import type { KnownAccess } from "./auth/known-access.ts";
import type { Config } from "./config/config.ts";
import { OutboxFollower, type FollowedEvent } from "./realtime/follow-outbox.ts";
import { EventStreams } from "./realtime/event-streams.ts";
import { Hub } from "./realtime/hub.ts";
import { ImportWatch } from "./realtime/import-watch.ts";
import { StreamSlots } from "./realtime/stream-slots.ts";
import { watchedImport } from "./views/import-progress.ts";
import { eventsAfter, lastEventSeq, readTally, readVoting } from "./views/live-tally.ts";
import type { Reader } from "./views/reader.ts";
import { liveSetlist } from "./views/setlist-frame.ts";

export interface Live {
  hub: Hub;
  imports: ImportWatch;
  streams: EventStreams;
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

/** Live pages: the outbox moves the hub and the watch of imports, and these feed the streams. */
export async function startLive({ reader, now, log, streams: limits, known }: LiveOptions): Promise<Live> {
  const onError = (error: unknown) => log.error({ err: error }, "What is live could not be read");
  const hub = new Hub({
    loadTally: (showId) => readTally(reader, showId),
    loadSetlist: (showId) => liveSetlist(reader, showId, now()),
    loadVoting: (showId) => readVoting(reader, showId, now()),
    schedule,
    later: setImmediate,
    clock: () => performance.now(),
    onError,
  });
  const imports = new ImportWatch({ load: (id) => watchedImport(reader, id, now()), schedule, onError });
  const heard: ((event: FollowedEvent) => void)[] = [];
  const follower = await OutboxFollower.start({
    source: {
      lastSeq: () => lastEventSeq(reader),
      eventsAfter: (seq, limit) => eventsAfter(reader, seq, limit),
    },
    deliver(event) {
      for (const hear of heard) hear(event);
      if (event.kind === "access.changed") forgetAccess(known, event);
      else if (event.kind === "import.changed") deliverImport(imports, event);
      else deliver(hub, event);
    },
    repeat,
    onError,
  });
  const slots = new StreamSlots(limits);
  const streams = new EventStreams({ slots, repeat });
  return {
    hub,
    imports,
    streams,
    slots,
    onEvent: (hear) => void heard.push(hear),
    nudge: () => follower.nudge(),
    close() {
      follower.close();
      slots.close();
      streams.close();
      hub.close();
      imports.close();
    },
  };
}

function forgetAccess(known: LiveOptions["known"], { payload: { userId } }: FollowedEvent): void {
  if (typeof userId === "number") known.forget(userId);
  else known.forgetAll();
}

function deliverImport(imports: ImportWatch, { payload: { importId } }: FollowedEvent): void {
  if (typeof importId === "number") imports.changed(importId);
}

function deliver(hub: Hub, { kind, showId }: FollowedEvent): void {
  if (showId === null) return;
  switch (kind) {
    case "tally.changed":
    case "ballot.changed":
      return hub.tallyChanged(showId);
    case "voting.changed":
      return hub.votingChanged(showId);
    case "show.changed":
      hub.setlistChanged(showId);
      return hub.votingChanged(showId);
    case "setlist.changed":
      return hub.setlistChanged(showId);
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
