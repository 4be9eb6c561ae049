import { count } from "#server/domain/count.ts";
import type { ResultsPage, SetlistFrame } from "../../http/answers.ts";
import { LiveBadge } from "../voting/live-badge.tsx";
import { PlayedList } from "./played-list.tsx";
import { PredictedLists } from "./predicted-lists.tsx";
import { ResultNotice } from "./result-notice.tsx";
import { ResultsHeader } from "./results-header.tsx";
import { Scoreboard } from "./scoreboard.tsx";
import { ShareLink } from "./share-link.tsx";
import { titleOfResults } from "./result-words.ts";
import { useResults } from "./use-results.ts";

interface ResultsFloorProps {
  page: ResultsPage;
  now: string;
  /** Whether the viewer hides spoilers, of which there are none yet. */
  hidden: boolean;
}

/** The comparison page while it may be told what was played; it moves with each new song. */
export function ResultsFloor({ page, now, hidden }: ResultsFloorProps) {
  const { shown, connection, said } = useResults(page, hidden);
  const { show, state, sets } = shown;
  const settled = state === "final" || state === "none";
  return (
    <>
      <ResultsHeader page={shown} now={now}>
        <div className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-2">
          <ShareLink path={`/shows/${show.slug}/results`} title={titleOfResults(shown, now)} />
          {settled ? null : <LiveBadge connection={connection} of="results" className="" />}
        </div>
      </ResultsHeader>
      <div className="mt-8 empty:hidden">
        <ResultNotice page={shown} />
      </div>
      <Scoreboard page={shown} />
      {state === "open" ? null : (
        <div className="mt-10 grid gap-x-14 gap-y-12 sm:mt-14 lg:grid-cols-2">
          {sets.length === 0 ? null : <PlayedList page={shown} fresh={freshIn(page.setlist, shown.setlist)} />}
          <PredictedLists page={shown} hidden={hidden} />
        </div>
      )}
      <OtherAccounts accounts={shown.otherAccounts} />
      <p role="status" aria-live="polite" className="sr-only">
        {said}
      </p>
    </>
  );
}

/** Positions of songs that came in while the page was open. */
function freshIn(loaded: SetlistFrame | null, now: SetlistFrame | null): ReadonlySet<number> {
  const known = new Set(loaded?.sets.flatMap(({ songs }) => songs.map(({ position, title }) => `${position} ${title}`)));
  const songs = now?.sets.flatMap((set) => set.songs) ?? [];
  return new Set(songs.filter(({ position, title }) => !known.has(`${position} ${title}`)).map(({ position }) => position));
}

function OtherAccounts({ accounts }: { accounts: ResultsPage["otherAccounts"] }) {
  if (accounts.length === 0) return null;
  return (
    <p className="mt-10 text-[0.9375rem] text-soft">
      Other accounts of this night, which do not count:{" "}
      {accounts.map(({ id, source, url, songs }, i) => (
        <span key={id}>
          {i > 0 ? ", " : ""}
          {url === null ? source : (
            <a href={url} rel="noopener" className="pen-link">
              {source}
            </a>
          )}{" "}
          ({count(songs, "song")})
        </span>
      ))}
      .
    </p>
  );
}
