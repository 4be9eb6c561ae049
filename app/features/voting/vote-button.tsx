import { Form, Link } from "@remix-run/react";
import { Check, Plus } from "lucide-react";
import type { BallotTerms } from "./ballot-terms.ts";
import type { Row } from "./tally.ts";
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
    <VoteForm row={row} toggle={toggle} />
  ) : (
    <SignInToVote row={row} slug={terms.slug} />
  );
}

function VoteForm({ row, toggle }: Omit<VoteButtonProps, "terms">) {
  return (
    <Form
      method="post"
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
        {row.mine ? (
          <Check aria-hidden size={18} strokeWidth={2.75} />
        ) : (
          <Plus aria-hidden size={18} strokeWidth={2.5} />
        )}
        {row.mine ? "Voted" : "Vote"}
      </button>
    </Form>
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
      <Plus aria-hidden size={18} strokeWidth={2.5} />
      Vote
    </Link>
  );
}

function YourVote() {
  return (
    <span className={`${SHAPE} ${VOTED}`}>
      <Check aria-hidden size={18} strokeWidth={2.75} />
      Yours
    </span>
  );
}
