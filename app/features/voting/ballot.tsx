import { useRef } from "react";
import { useFlip } from "../../ui/flip.ts";
import { Empty } from "../../ui/section.tsx";
import { BallotRow } from "./ballot-row.tsx";
import type { BallotTerms } from "./ballot-terms.ts";
import { useSteadyOrder } from "./steady-order.ts";
import type { Row } from "./tally.ts";
import type { VotingDesk } from "./use-voting.ts";

interface BallotProps {
  rows: Row[];
  terms: BallotTerms;
  desk: VotingDesk;
}

/** The ranked list, one form of as many buttons as songs. Rows glide to a new place, but never from under a hand. */
export function Ballot({ rows, terms, desk }: BallotProps) {
  const list = useRef<HTMLOListElement>(null);
  const ranking = rows.map((row) => row.setlistSongId);
  const order = useSteadyOrder(list, ranking);
  useFlip(list, order);
  const bySong = new Map(rows.map((row) => [row.setlistSongId, row]));
  if (rows.length === 0) {
    const text = terms.open
      ? "Add the first one you expect to hear."
      : "Nobody put a song on it before voting ended.";
    return <Empty title="No songs on this ballot yet">{text}</Empty>;
  }
  return (
    <form method="post" action={terms.action}>
      <ol ref={list} className="ballot">
        {order.map((id, index) => {
          const row = bySong.get(id);
          return row ? (
            <BallotRow key={id} row={row} place={index + 1} terms={terms} desk={desk} />
          ) : null;
        })}
      </ol>
    </form>
  );
}
