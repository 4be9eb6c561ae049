import { ATTRIBUTION } from "#server/domain/attribution.ts";
import type { JobRuns, ProviderStates } from "../../http/answers.ts";
import { numberWords } from "../imports/import-words.ts";
import { wallClock } from "../shows/when.ts";
import { Table } from "./table.tsx";

type Run = NonNullable<JobRuns["scheduled"][number]["last"]>;

export const RESULTS: Record<Run["result"], string> = {
  done: "done",
  failed: "failed",
  delayed: "put off",
  released: "given back",
  cancelled: "cancelled",
  lost: "lost its runner",
};

/** What comes due by itself and how it went last; then the other jobs. */
export function RunTable({ runs: { scheduled, others } }: { runs: JobRuns }) {
  const rows = [
    ...scheduled.map(({ name, schedule, last }) => ({ name, schedule, last })),
    ...others.map((last) => ({ name: last.name, schedule: null, last })),
  ];
  return (
    <Table
      caption="Jobs with their last run"
      head={["Job", "When (UTC)", "Last run", "Result", "Took"]}
      rows={rows.map(({ name, schedule, last }) => ({
        key: name,
        danger: last?.result === "failed" || last?.result === "lost",
        cells: [name, schedule ?? "when needed", last ? instantOf(last.startedAt) : "not yet", last ? RESULTS[last.result] : "", last ? tookWords(last.durationMs) : ""],
      }))}
    />
  );
}

/** How many runs of each job there were by day. */
export function DayTable({ days }: { days: JobRuns["days"] }) {
  return (
    <Table
      caption="Runs by day"
      head={["Day", "Job", "Result", "Runs", "Mean", "Longest", "Most memory"]}
      rows={days.map(({ day, name, result, runs, totalMs, longestMs, peakBytes }) => ({
        key: `${day} ${name} ${result}`,
        danger: result === "failed" || result === "lost",
        cells: [day, name, RESULTS[result as Run["result"]], numberWords(runs), tookWords(totalMs / runs), tookWords(longestMs), peakBytes === null ? "" : `${Math.round(peakBytes / 1_048_576)} MB`],
      }))}
    />
  );
}

const BREAKERS = { closed: "fine", open: "not asked: it fails", half_open: "on trial" } as const;

/** How the providers do. */
export function ProviderTable({ states: { items, asksHere } }: { states: ProviderStates }) {
  if (items.length === 0) {
    return <p className="text-soft">{asksHere ? "No provider is asked here. Enter a key, or set MUSICBRAINZ=1." : "No provider was asked today."}</p>;
  }
  return (
    <>
      <Table
        caption="State and requests of each provider"
        head={["Provider", "State", "Requests today", "Waiting"]}
        rows={items.map(({ provider, breaker, closedMs, usedToday, dailyQuota, waiting }) => ({
          key: provider,
          danger: breaker === "open",
          cells: [
            ATTRIBUTION[provider].name,
            breaker === null ? "not known here" : BREAKERS[breaker] + (closedMs > 0 ? `, again in ${tookWords(closedMs)}` : ""),
            dailyQuota === null ? numberWords(usedToday) : `${numberWords(usedToday)} of ${numberWords(dailyQuota)}`,
            breaker === null ? "" : numberWords(waiting),
          ],
        }))}
      />
      {asksHere ? null : <p className="mt-3 text-sm text-soft">Jobs run in another process, which knows more: these are the requests that all have counted.</p>}
    </>
  );
}

export function instantOf(instant: string): string {
  const { date, time } = wallClock(instant, "UTC");
  return `${date} ${time}`;
}

function tookWords(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.round(ms / 60_000)} min`;
}
