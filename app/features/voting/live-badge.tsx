import type { Connection } from "./live.ts";

const WORDS: Record<Connection, string> = {
  connecting: "Connecting…",
  live: "Live",
  reconnecting: "Reconnecting…",
  offline: "Offline",
};

const DOTS: Record<Connection, string> = {
  connecting: "bg-edge",
  live: "bg-live breathing",
  reconnecting: "bg-marker-deep breathing",
  offline: "bg-danger",
};

/** How fresh the tally is, or what else comes in live. */
export function LiveBadge({ connection, of = "tally" }: { connection: Connection; of?: string }) {
  return (
    <span
      role="status"
      aria-label={`Live ${of}: ${WORDS[connection]}`}
      className="inline-flex min-w-[8.75rem] items-center justify-end gap-2 text-[0.9375rem] font-semibold"
    >
      <span aria-hidden className={`size-2.5 rounded-full ${DOTS[connection]}`} />
      {WORDS[connection]}
    </span>
  );
}
