import { VoteButton } from "./vote-button.tsx";
import type { BallotTerms } from "./ballot-terms.ts";
import type { Row } from "./tally.ts";
import { useVoteQueue } from "./use-vote-queue.ts";
import type { VotingDesk } from "./use-voting.ts";
import { rowId } from "./vote-answer.ts";

interface BallotRowProps {
  row: Row;
  place: number;
  terms: BallotTerms;
  desk: VotingDesk;
}

export function BallotRow({ row, place, terms, desk }: BallotRowProps) {
  // Here and not in the button, which voting's end takes away with an answer still to come.
  const toggle = useVoteQueue(row, desk);
  return (
    <li
      id={rowId(row.setlistSongId)}
      data-flip={row.setlistSongId}
      data-mine={row.mine || undefined}
      className="arriving grid grid-cols-[2rem_minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line bg-paper px-1 py-3 sm:grid-cols-[3.25rem_minmax(0,1fr)_4.5rem_auto] sm:gap-x-5 sm:px-3 data-mine:bg-wash"
    >
      <span
        className={`row-span-2 text-center font-display leading-none font-extrabold tabular-nums ${place <= 3 ? "text-3xl sm:text-[2.75rem]" : "text-xl text-soft sm:text-2xl"}`}
      >
        {place}
      </span>
      <div className="min-w-0 sm:row-span-2">
        <p
          dir="auto"
          className="wrap-title text-start text-[1.0625rem] leading-snug font-semibold sm:text-lg"
        >
          {row.title}
        </p>
        <Bar row={row} />
      </div>
      <Standing row={row} />
      <div className="col-start-3 row-span-2 row-start-1 sm:col-start-4">
        {terms.open || row.mine ? <VoteButton row={row} terms={terms} toggle={toggle} /> : null}
      </div>
    </li>
  );
}

function Bar({ row }: { row: Row }) {
  return (
    <span aria-hidden className="mt-2 block h-2.5 overflow-hidden rounded-full bg-well">
      <span
        className={`block h-full rounded-full transition-transform duration-500 ${row.mine ? "bg-marker-deep" : "bg-bar"}`}
        style={{ transform: `translateX(${(row.ofLeader - 1) * 100}%)` }}
      />
    </span>
  );
}

/** The count: beside the bar where there is room, under it on a phone. */
function Standing({ row: { votes, share, suggested } }: { row: Row }) {
  return (
    <p className="col-start-2 mt-1.5 text-sm text-soft tabular-nums sm:col-start-3 sm:row-span-2 sm:row-start-1 sm:mt-0 sm:text-end">
      <span className="font-semibold text-ink sm:block sm:font-display sm:text-2xl sm:leading-none sm:font-extrabold">
        {votes}
        <span className="sm:sr-only">{votes === 1 ? " vote" : " votes"}</span>
      </span>
      <span className="sm:hidden"> · </span>
      {percent(share)}
      {suggested ? <span className="text-xs sm:block"> fan’s pick</span> : null}
    </p>
  );
}

function percent(share: number): string {
  const points = share * 100;
  return points > 0 && points < 1 ? "under 1%" : `${Math.round(points)}%`;
}
