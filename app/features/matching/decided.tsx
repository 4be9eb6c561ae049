import type { MatchSummary } from "../../http/answers.ts";
import { wallClock } from "../shows/when.ts";

/** Who decided a match and when; nothing where nobody has. */
export function Decided({ match: { decidedAt, decidedBy } }: { match: Pick<MatchSummary, "decidedAt" | "decidedBy"> }) {
  if (decidedAt === null) return null;
  const { date, time } = wallClock(decidedAt, "UTC");
  return (
    <p className="text-sm text-soft">
      {decidedBy ? `By ${decidedBy}, ` : ""}
      <time dateTime={decidedAt}>
        {date} {time} UTC
      </time>
    </p>
  );
}
