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

interface LiveBadgeProps {
  connection: Connection;
  /** What comes in. */
  of?: string;
  className?: string;
}

/** How fresh the tally is, or what else comes in live. */
export function LiveBadge({ connection, of = "tally", className = "min-w-[8.75rem] justify-end" }: LiveBadgeProps) {
  return (
    <span
      role="status"
      aria-label={`Live ${of}: ${WORDS[connection]}`}
      className={`inline-flex items-center gap-2 text-[0.9375rem] font-semibold ${className}`}
    >
      <span aria-hidden className={`size-2.5 rounded-full ${DOTS[connection]}`} />
      {WORDS[connection]}
    </span>
  );
}
