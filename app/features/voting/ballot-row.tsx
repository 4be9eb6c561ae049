import { VoteButton } from "./vote-button.tsx";
import type { BallotTerms } from "./ballot-terms.ts";
import type { Row } from "./tally.ts";
import type { VotingDesk } from "./use-voting.ts";
import { rowId } from "./vote-answer.ts";

interface BallotRowProps {
  row: Row;
  place: number;
  terms: BallotTerms;
  desk: VotingDesk;
}

export function BallotRow({ row, place, terms, desk }: BallotRowProps) {
  return (
    <li
      id={rowId(row.setlistSongId)}
      data-flip={row.setlistSongId}
      data-mine={row.mine || undefined}
      className="arriving grid grid-cols-[2.25rem_minmax(0,1fr)_auto] items-center gap-x-2 rounded-xl border-b border-line bg-paper px-1 py-2.5 sm:grid-cols-[3.25rem_minmax(0,1fr)_auto] sm:gap-x-4 sm:px-3 data-mine:bg-wash"
    >
      <span
        className={`text-center font-display leading-none font-extrabold tabular-nums ${place <= 3 ? "text-3xl sm:text-4xl" : "text-xl text-soft sm:text-2xl"}`}
      >
        {place}
      </span>
      <div className="min-w-0">
        <p dir="auto" className="wrap-title text-start text-[1.0625rem] leading-snug font-semibold">
          {row.title}
        </p>
        <Standing row={row} />
      </div>
      {terms.open || row.mine ? <VoteButton row={row} terms={terms} desk={desk} /> : <span />}
    </li>
  );
}

function Standing({ row }: { row: Row }) {
  const { votes, share, ofLeader, mine, suggested } = row;
  return (
    <>
      <span aria-hidden className="mt-1.5 block h-2 overflow-hidden rounded-full bg-well">
        <span
          className={`block h-full origin-left rounded-full transition-transform duration-500 ${mine ? "bg-marker" : "bg-bar"}`}
          style={{ transform: `scaleX(${ofLeader})` }}
        />
      </span>
      <p className="mt-1 text-sm text-soft">
        <span className="font-semibold text-ink tabular-nums">{votes}</span>{" "}
        {votes === 1 ? "vote" : "votes"}
        <span className="tabular-nums"> · {percent(share)}</span>
        {suggested ? " · added by a fan" : ""}
      </p>
    </>
  );
}

function percent(share: number): string {
  const points = share * 100;
  return points > 0 && points < 1 ? "under 1%" : `${Math.round(points)}%`;
}
