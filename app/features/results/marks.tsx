import { CircleCheckBig, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import { count } from "#server/domain/count.ts";
import type { ResultsPage } from "../../http/answers.ts";
import { percent } from "../../ui/percent.ts";

export type Entry = ResultsPage["sets"][number]["songs"][number];

const ROLE_WORDS = { opener: "opener called", closer: "closer called", encore: "encore called" } as const;

/** A tick or a broken circle, and always words: what was expected of a song. */
export function Mark({ hit, strong = false, children }: { hit: boolean; strong?: boolean; children: ReactNode }) {
  const Icon = hit ? CircleCheckBig : CircleDashed;
  const look = strong ? "bg-marker text-on-marker" : hit ? "bg-well text-ink" : "text-soft ring-1 ring-line ring-inset";
  return (
    <span className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-[0.8125rem] leading-none font-semibold ${look}`}>
      <Icon aria-hidden size={14} className={`shrink-0 ${hit && !strong ? "text-live" : ""}`} />
      {children}
    </span>
  );
}

/** Who had a song that was played. */
export function EntryMarks({ entry, scored }: { entry: Entry; scored: boolean }) {
  const { crowd, forecast, mine, worth, calls, again, onBallot, kind } = entry;
  if (kind === "tape" || kind === "talk" || !scored) return null;
  if (again) return <Quiet>Played before tonight; it counts once.</Quiet>;
  if (entry.songId === null) return <Quiet>Nobody could vote for this one.</Quiet>;
  if (!onBallot && !forecast) return <Quiet>Not on the ballot.</Quiet>;
  return (
    <p className="mt-1.5 flex flex-wrap gap-1.5">
      {mine ? (
        <Mark hit strong>
          You{worth === null ? "" : `, ${count(worth, "point")}`}
        </Mark>
      ) : null}
      {calls.map((role) => (
        <Mark key={role} hit strong>
          {ROLE_WORDS[role]}
        </Mark>
      ))}
      {crowd ? (
        <Mark hit={crowd.hit}>Crowd’s no. {crowd.rank}</Mark>
      ) : (
        <Mark hit={false}>{onBallot ? "No vote from the crowd" : "Not on the ballot"}</Mark>
      )}
      {forecast ? <Mark hit={forecast.hit}>Forecast {percent(forecast.chance)}</Mark> : null}
    </p>
  );
}

function Quiet({ children }: { children: string }) {
  return <p className="mt-1 text-[0.875rem] text-soft">{children}</p>;
}
