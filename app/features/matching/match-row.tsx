import { Link } from "@remix-run/react";
import type { MatchSummary } from "../../http/answers.ts";
import { Chip } from "../../ui/chip.tsx";
import { percent } from "../../ui/percent.ts";
import { Decided } from "./decided.tsx";
import { EvidenceWords } from "./evidence-list.tsx";
import { matchPath, namesOf, type Kind } from "./match-words.ts";
import { providerName } from "./provider-name.ts";

/** A match on one line of the list. `kind` is the one that is listed alone. */
export function MatchRow({ match, kind }: { match: MatchSummary; kind: Kind | undefined }) {
  const { evidence } = match;
  return (
    <li className="relative flex flex-col gap-2 border-b border-line py-4 hover:bg-sheet sm:px-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Link
          to={matchPath(match.id, kind)}
          dir="auto"
          className="wrap-title font-display text-xl leading-tight font-bold after:absolute after:inset-0 after:rounded-xl sm:text-2xl"
        >
          {namesOf(match)}
        </Link>
        {kind ? null : <Chip>{match.kind}</Chip>}
        <Chip tone={match.confidence >= 0.9 ? "live" : "plain"}>{percent(match.confidence)}</Chip>
      </div>
      <p dir="auto" className="wrap-title text-start text-[0.9375rem] text-soft">
        {factsOf(match)}
      </p>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-[0.9375rem]">
        {evidence.slice(0, 3).map(({ stands, text }) => (
          <li key={text} className="flex min-w-0 items-baseline gap-1.5">
            <EvidenceWords stands={stands} text={text} />
          </li>
        ))}
      </ul>
      <Decided match={match} />
    </li>
  );
}

/** What tells the two sides from others; once where both say the same. */
function factsOf({ subject, other }: MatchSummary): string {
  const theirs = other.provider ? [providerName(other.provider), other.about].filter(Boolean).join(", ") : other.about;
  return [...new Set([subject.about, theirs].filter(Boolean))].join(" / ");
}
