import { Link } from "@remix-run/react";
import type { BallotTerms } from "./ballot-terms.ts";
import type { Row } from "./tally.ts";
import { Mark } from "./marks.tsx";
import { rowId } from "./vote-answer.ts";

interface VoteButtonProps {
  row: Row;
  terms: BallotTerms;
  toggle: () => void;
}

const SHAPE =
  "inline-flex min-h-11 w-[5.75rem] items-center justify-center gap-1.5 rounded-full text-[0.9375rem] font-semibold select-none transition-colors";
const UNVOTED =
  "border-[1.5px] border-edge bg-sheet hover:border-ink hover:bg-marker hover:text-on-marker";
const VOTED = "bg-marker text-on-marker";

export function VoteButton({ row, terms, toggle }: VoteButtonProps) {
  if (!terms.open) return <YourVote />;
  return terms.signedIn ? (
    <VoteForm row={row} action={terms.action} toggle={toggle} />
  ) : (
    <SignInToVote row={row} slug={terms.slug} />
  );
}

interface VoteFormProps extends Omit<VoteButtonProps, "terms"> {
  action: string;
}

/** A plain form: a ballot has many, and scripts never let it be sent. */
function VoteForm({ row, action, toggle }: VoteFormProps) {
  return (
    <form
      method="post"
      action={action}
      onSubmit={(event) => {
        event.preventDefault();
        toggle();
      }}
    >
      <input type="hidden" name="intent" value={row.mine ? "retract" : "vote"} />
      <input type="hidden" name="setlistSongId" value={row.setlistSongId} />
      <button
        aria-pressed={row.mine}
        aria-label={`Vote for ${row.title}`}
        className={`${SHAPE} ${row.mine ? VOTED : UNVOTED}`}
      >
        <Mark of={row.mine ? "check" : "plus"} />
        {row.mine ? "Voted" : "Vote"}
      </button>
    </form>
  );
}

function SignInToVote({ row, slug }: { row: Row; slug: string }) {
  const next = `/shows/${slug}#${rowId(row.setlistSongId)}`;
  return (
    <Link
      to={`/sign-in?next=${encodeURIComponent(next)}`}
      prefetch="none"
      aria-label={`Vote for ${row.title}: sign in first`}
      className={`${SHAPE} ${UNVOTED}`}
    >
      <Mark of="plus" />
      Vote
    </Link>
  );
}

function YourVote() {
  return (
    <span className={`${SHAPE} ${VOTED}`}>
      <Mark of="check" />
      Yours
    </span>
  );
}
