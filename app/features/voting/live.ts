import { useHref } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { SetlistFrame, Voting } from "../../http/answers.ts";
import type { TallyFrame } from "./tally.ts";

export type Connection = "connecting" | "live" | "reconnecting" | "offline";

export interface LiveEvents {
  onTally(frame: TallyFrame): void;
  onVoting(voting: Voting): void;
  /** What was played, whole; null where it was taken back. */
  onSetlist?(setlist: SetlistFrame | null): void;
  /** The stream is back after it was lost; the tally comes with it, other changes may be missed. */
  onReturn(): void;
}

const FIRST_WAIT_MS = 1_500;
const LONGEST_WAIT_MS = 30_000;

/** Follows a show's live stream while the page is open and says how the connection is. */
export function useLive(slug: string, events: LiveEvents): Connection {
  const [connection, setConnection] = useState<Connection>("connecting");
  const url = useHref(`/shows/${encodeURIComponent(slug)}/live`);
  const latest = useRef(events);
  useEffect(() => {
    latest.current = events;
  });
  useEffect(() => {
    const stream = openStream(url, latest, setConnection);
    return () => stream.close();
  }, [url]);
  return connection;
}

type Latest = { readonly current: LiveEvents };

/** An EventSource that also comes back after an answer that ends it, and after the network does. */
function openStream(url: string, latest: Latest, say: (connection: Connection) => void) {
  let source: EventSource | null = null;
  let wait = FIRST_WAIT_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let away = false;

  function connect() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(url);
    source.onopen = () => {
      wait = FIRST_WAIT_MS;
      say("live");
      if (away) latest.current.onReturn();
      away = false;
    };
    source.onerror = lost;
    source.addEventListener("tally", ({ data }: MessageEvent<string>) =>
      latest.current.onTally(JSON.parse(data) as TallyFrame),
    );
    source.addEventListener("voting", ({ data }: MessageEvent<string>) =>
      latest.current.onVoting(JSON.parse(data) as Voting),
    );
    source.addEventListener("setlist", ({ data }: MessageEvent<string>) =>
      latest.current.onSetlist?.(JSON.parse(data) as SetlistFrame | null),
    );
  }

  function lost() {
    away = true;
    say(navigator.onLine ? "reconnecting" : "offline");
    if (source?.readyState !== EventSource.CLOSED) return;
    timer = setTimeout(connect, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  function offline() {
    clearTimeout(timer);
    source?.close();
    say("offline");
  }

  function online() {
    away = true;
    say("reconnecting");
    connect();
  }

  // A page in the back-forward cache must not hold a connection, and must catch up when shown.
  const hide = () => source?.close();
  const show = (event: PageTransitionEvent) => event.persisted && online();
  const closed = new AbortController();
  const { signal } = closed;
  addEventListener("offline", offline, { signal });
  addEventListener("online", online, { signal });
  addEventListener("pagehide", hide, { signal });
  addEventListener("pageshow", show, { signal });
  connect();
  return {
    close() {
      closed.abort();
      clearTimeout(timer);
      source?.close();
    },
  };
}
