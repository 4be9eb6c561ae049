import { Link } from "@remix-run/react";
import { count } from "#server/domain/count.ts";
import type { ResultsPage } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { percentTenths } from "../../ui/percent.ts";
import { Guess } from "./guess.tsx";

type Mine = NonNullable<ResultsPage["mine"]>;

const ROLES = { opener: "Opener", closer: "Closer", encore: "In the encore" } as const;

/** The asking fan's own votes and calls, and what they came to. */
export function MyList({ page }: { page: ResultsPage }) {
  const { mine, signedIn, show, songs } = page;
  if (!mine) return signedIn ? <p className="py-4 text-soft">You had no vote at this show.</p> : <SignIn slug={show.slug} />;
  const scored = page.setlist !== null && page.noScore === null;
  const voted = songs.filter(({ songId }) => mine.votes.some((vote) => vote.songId === songId));
  const worth = new Map(page.setlist?.worth?.songs);
  const inOrder = voted.toSorted((a, b) => Number(b.played) - Number(a.played) || (worth.get(b.songId) ?? 0) - (worth.get(a.songId) ?? 0));
  return (
    <>
      {mine.held ? <p className="pb-3 text-soft">A moderator is looking at your votes here. They are scored once they are cleared.</p> : null}
      <Summary mine={mine} />
      <ul aria-label="Your votes">
        {inOrder.map((song) => (
          <Guess
            key={song.songId}
            song={song}
            rank={null}
            scored={scored}
            live={page.state === "live"}
            told={song.played && worth.has(song.songId) ? count(worth.get(song.songId)!, "point") : song.crowd ? `crowd’s no. ${song.crowd.rank}` : ""}
          />
        ))}
      </ul>
      <Calls page={page} mine={mine} scored={scored} />
    </>
  );
}

function Summary({ mine: { score, place } }: { mine: Mine }) {
  if (!score) return null;
  const { votes, hits, points, callPoints, share } = score;
  return (
    <p className="border-b border-line pb-4 leading-relaxed">
      <strong>
        {hits} of your {count(votes, "vote")} hit.
      </strong>{" "}
      {count(points, "point")}
      {callPoints > 0 ? `, ${callPoints} of them for calls` : ""}
      {share === null ? "; too few songs of the ballot were played for a rating." : `: ${percentTenths(share / 10_000)} of what was possible.`}{" "}
      {place ? `Place ${place.place} of ${count(place.fans, "fan")}.` : ""}
    </p>
  );
}

function Calls({ page, mine, scored }: { page: ResultsPage; mine: Mine; scored: boolean }) {
  if (mine.called.length === 0) return null;
  const titleOf = new Map(page.songs.map(({ songId, title }) => [songId, title]));
  return (
    <>
      <h3 className="border-b border-line pt-6 pb-2 font-display text-xl font-bold">Your calls</h3>
      <ul>
        {mine.called.map(({ role, songId, points }) => (
          <li key={role} className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-2.5">
            <span className="min-w-0 font-semibold">
              {ROLES[role]}: <bdi className="wrap-title">{titleOf.get(songId)}</bdi>
            </span>
            {scored ? (
              <span className={`text-[0.9375rem] font-semibold ${points > 0 ? "text-live" : "text-soft"}`}>
                {points > 0 ? `Came true, ${count(points, "point")}` : page.state === "live" ? "Not yet" : "Did not come true"}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function SignIn({ slug }: { slug: string }) {
  return (
    <div className="py-4">
      <p className="mb-4 text-soft">Sign in to see your votes held against what was played.</p>
      <Button asChild>
        <Link to={`/sign-in?next=${encodeURIComponent(`/shows/${slug}/results?list=me`)}`}>Sign in</Link>
      </Button>
    </div>
  );
}
