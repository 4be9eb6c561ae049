import { Link } from "@remix-run/react";
import type { MouseEvent } from "react";
import type { BallotTerms } from "./ballot-terms.ts";
import type { Row } from "./tally.ts";
import { rowId } from "./vote-answer.ts";

interface VoteButtonProps {
  row: Row;
  terms: BallotTerms;
  toggle: () => void;
}

export function VoteButton({ row, terms, toggle }: VoteButtonProps) {
  if (!terms.open) return <span className="vote voted">Yours</span>;
  return terms.signedIn ? (
    <Toggle row={row} toggle={toggle} />
  ) : (
    <SignInToVote row={row} slug={terms.slug} />
  );
}

/** Sends the ballot's form by itself where no script does. */
function Toggle({ row, toggle }: Omit<VoteButtonProps, "terms">) {
  function send(event: MouseEvent) {
    event.preventDefault();
    toggle();
  }
  return (
    <button
      name={row.mine ? "retract" : "vote"}
      value={row.setlistSongId}
      aria-pressed={row.mine}
      aria-label={`Vote for ${row.title}`}
      className={row.mine ? "vote voted" : "vote"}
      onClick={send}
    >
      {row.mine ? "Voted" : "Vote"}
    </button>
  );
}

function SignInToVote({ row, slug }: { row: Row; slug: string }) {
  const next = `/shows/${slug}#${rowId(row.setlistSongId)}`;
  return (
    <Link
      to={`/sign-in?next=${encodeURIComponent(next)}`}
      prefetch="none"
      aria-label={`Vote for ${row.title}: sign in first`}
      className="vote"
    >
      Vote
    </Link>
  );
}
