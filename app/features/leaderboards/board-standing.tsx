import { Link, useLocation } from "@remix-run/react";
import type { Leaderboard } from "../../http/answers.ts";
import { Notice } from "../../ui/notice.tsx";

/** Where the asking fan stands, or what is missing to be listed. */
export function BoardStanding({ board: { mine, leastShows }, signedIn }: { board: Leaderboard; signedIn: boolean }) {
  const { pathname, search } = useLocation();
  if (!signedIn) {
    return (
      <Notice>
        <Link to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} className="pen-link">
          Sign in
        </Link>{" "}
        to see where you stand.
      </Notice>
    );
  }
  if (mine === null) return <Notice>You have no rated show here yet. Vote for five songs or more of a show, and you are on your way.</Notice>;
  if (mine.rank !== null) {
    return (
      <Notice tone="marker">
        You are number <strong>{mine.rank}</strong>.{" "}
        <Link to="/results" className="pen-link">
          My results
        </Link>
      </Notice>
    );
  }
  const left = leastShows - mine.shows;
  return <Notice>{left === 1 ? "One more rated show" : `${left} more rated shows`} and you are listed here.</Notice>;
}
