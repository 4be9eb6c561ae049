import { Link } from "@remix-run/react";
import { VOTES_PER_SHOW } from "#server/domain/voting.ts";
import { Button } from "../../ui/button.tsx";

/** Invites an anonymous visitor to vote here. */
export function SignInCard({ slug }: { slug: string }) {
  const next = `?next=${encodeURIComponent(`/shows/${slug}`)}`;
  return (
    <div className="rounded-card border-[1.5px] border-line bg-sheet p-5">
      <p className="font-display text-2xl leading-tight font-extrabold tracking-tight">
        You get {VOTES_PER_SHOW} votes for this show
      </p>
      <p className="mt-2 text-soft">
        Pick the songs you expect to hear. You can change your mind until voting closes.
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button asChild>
          <Link to={`/sign-in${next}`}>Sign in to vote</Link>
        </Button>
        <Button asChild tone="quiet">
          <Link to={`/sign-up${next}`}>Sign up</Link>
        </Button>
      </div>
    </div>
  );
}
