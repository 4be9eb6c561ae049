import { Calls } from "./calls.tsx";
import { percent } from "../../ui/percent.ts";
import { Said } from "./said.tsx";
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

declare module "react" {
  interface CSSProperties {
    /** 0..1 of the leader's votes: how far a bar reaches. */
    "--of-leader"?: number;
  }
}

/** One song. A ballot has many, so a row has few elements, and ballot.css their looks. */
export function BallotRow({ row, place, terms, desk }: BallotRowProps) {
  // Here and not in the button, which voting's end takes away with an answer still to come.
  const toggle = useVoteQueue(row, desk);
  return (
    <li
      id={rowId(row.setlistSongId)}
      data-flip={row.setlistSongId}
      data-mine={row.mine || undefined}
    >
      <span className="place">{place}</span>
      <p dir="auto" className="title">
        {row.title}
      </p>
      <span aria-hidden className="bar" style={{ "--of-leader": row.ofLeader }} />
      <Standing row={row} />
      <Said row={row} open={terms.open} />
      <Calls row={row} terms={terms} />
      {terms.open || row.mine ? <VoteButton row={row} terms={terms} toggle={toggle} /> : null}
    </li>
  );
}

/** The count: beside the bar where there is room, under it on a phone. */
function Standing({ row: { votes, share, suggested } }: { row: Row }) {
  return (
    <p className="standing">
      <b>
        {votes}
        <span>{votes === 1 ? " vote" : " votes"}</span>
      </b>
      {percent(share)}
      {suggested ? <small> fan’s pick</small> : null}
    </p>
  );
}
