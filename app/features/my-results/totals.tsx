import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { count } from "#server/domain/count.ts";
import type { MyResults } from "../../http/answers.ts";
import { percent, percentTenths } from "../../ui/percent.ts";

/** What all shows together came to. */
export function Totals({ results: { totals, streaks, usual, standing, leastShows } }: { results: MyResults }) {
  return (
    <ul className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <Tile name="Accuracy" figure={percent(totals.accuracy)}>
        Usual is {percent(usual)}.
      </Tile>
      <Tile name="Points" figure={String(totals.points)}>
        {totals.hits} of {count(totals.votes, "vote")} hit
        {totals.callHits > 0 ? `, ${count(totals.callHits, "call")} came true` : ""}.
      </Tile>
      <Tile name="Streak" figure={count(streaks.current, "show")}>
        Longest: {count(streaks.longest, "show")}.
      </Tile>
      <Tile name="Leaderboard" figure={standing?.rank ? `No. ${standing.rank}` : "–"}>
        {standing?.rank ? `Rating ${percentTenths(standing.rating)}. ` : `From ${leastShows} rated shows on. `}
        <Link to="/leaderboards" className="pen-link">
          All fans
        </Link>
      </Tile>
    </ul>
  );
}

function Tile({ name, figure, children }: { name: string; figure: string; children: ReactNode }) {
  return (
    <li className="rounded-card border-[1.5px] border-line bg-sheet p-4 sm:p-5">
      <h2 className="font-sans text-[0.9375rem] font-semibold text-soft">{name}</h2>
      <p className="mt-1 font-display text-3xl leading-none font-extrabold tracking-tight tabular-nums sm:text-4xl">{figure}</p>
      <p className="mt-2 text-[0.9375rem] leading-snug text-soft">{children}</p>
    </li>
  );
}
