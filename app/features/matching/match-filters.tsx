import { Link } from "@remix-run/react";
import type { MatchList, MatchStatus } from "../../http/answers.ts";
import { KIND_WORDS, KINDS, listPath, STATUS_WORDS, STATUSES, type Kind } from "./match-words.ts";

interface MatchFiltersProps {
  counts: MatchList["counts"];
  status: MatchStatus;
  kind: Kind | undefined;
}

/** Which matches are listed: by what became of them, and of what kind they are. */
export function MatchFilters({ counts, status, kind }: MatchFiltersProps) {
  const all = (of: MatchStatus) => KINDS.reduce((sum, each) => sum + counts[of][each], 0);
  return (
    <div className="mb-6 flex flex-col gap-3">
      <nav aria-label="State" className="flex flex-wrap gap-2">
        {STATUSES.map((each) => (
          <Pill key={each} to={listPath(each, kind)} current={each === status} count={kind ? counts[each][kind] : all(each)}>
            {STATUS_WORDS[each]}
          </Pill>
        ))}
      </nav>
      <nav aria-label="Kind" className="flex flex-wrap gap-2">
        <Pill small to={listPath(status, undefined)} current={kind === undefined} count={all(status)}>
          All kinds
        </Pill>
        {KINDS.map((each) => (
          <Pill small key={each} to={listPath(status, each)} current={each === kind} count={counts[status][each]}>
            {KIND_WORDS[each]}
          </Pill>
        ))}
      </nav>
    </div>
  );
}

interface PillProps {
  to: string;
  current: boolean;
  count: number;
  small?: boolean;
  children: string;
}

function Pill({ to, current, count, small, children }: PillProps) {
  const size = small ? "px-4 text-[0.9375rem]" : "px-5 font-semibold";
  return (
    <Link
      to={to}
      aria-current={current ? "page" : undefined}
      className={`inline-flex min-h-11 items-center gap-2 rounded-full border-[1.5px] border-edge hover:border-ink aria-[current=page]:border-marker aria-[current=page]:bg-marker aria-[current=page]:text-on-marker ${size}`}
    >
      {children}
      <span className="text-sm tabular-nums opacity-80">{count.toLocaleString("en")}</span>
    </Link>
  );
}
