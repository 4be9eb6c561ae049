import { Link, useActionData, useFormAction } from "@remix-run/react";
import type { ReactNode } from "react";
import type { FoundSong, SetlistFrame, ShowPage } from "../../http/answers.ts";
import { Notice } from "../../ui/notice.tsx";
import { AddSong } from "./add-song.tsx";
import { AllowanceBar, AllowanceCard } from "./allowance-bar.tsx";
import { Ballot } from "./ballot.tsx";
import { Closing } from "./closing.tsx";
import { LiveBadge } from "./live-badge.tsx";
import { SignInCard } from "./sign-in-card.tsx";
import { useVoting } from "./use-voting.ts";
import { VotingNotice } from "./voting-notice.tsx";

interface VotingFloorProps {
  page: ShowPage;
  found: FoundSong[] | null;
  query: string | null;
  now: string;
  /** Hears what is being played. */
  onSetlist?: (setlist: SetlistFrame | null) => void;
  /** Stands under the facts beside the ballot. */
  children?: ReactNode;
}

/** Everything on a show page that moves while it is open. */
export function VotingFloor({ page, found, query, now, onSetlist, children }: VotingFloorProps) {
  const { rows, allowance, total, voting, connection, said, desk } = useVoting(page, onSetlist);
  const { show, venue, artist } = page;
  const action = useFormAction();
  const terms = { slug: show.slug, open: voting.open, signedIn: allowance !== null, calls: page.calls ?? {}, action };
  const openToFan = voting.open && allowance;
  return (
    <>
      <div className="mt-8 grid gap-x-12 gap-y-8 lg:mt-12 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="order-last min-w-0 lg:order-first">
          <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-1 border-b-2 border-ink pb-3">
            <h2 className="text-3xl leading-none font-extrabold tracking-tight sm:text-4xl">
              The ballot
            </h2>
            <LiveBadge connection={connection} />
            <p className="w-full text-soft">
              <span className="tabular-nums">{total}</span> {total === 1 ? "vote" : "votes"} for{" "}
              {rows.length} {rows.length === 1 ? "song" : "songs"}
            </p>
          </div>
          <Refusal />
          <Ballot rows={rows} terms={terms} desk={desk} />
          {rows.some(({ forecast }) => forecast !== null) ? (
            <p className="mt-4">
              <Link to={`/shows/${show.slug}/forecast`} className="pen-link inline-flex min-h-11 items-center">
                The setlist that the forecast expects
              </Link>
            </p>
          ) : null}
          {total > 0 ? (
            <p className="mt-2">
              <Link to={`/shows/${show.slug}/history`} className="pen-link inline-flex min-h-11 items-center">
                How the votes came in
              </Link>
            </p>
          ) : null}
          {voting.open ? (
            <div className="mt-8">
              <AddSong
                slug={show.slug}
                artist={artist.name}
                allowance={allowance}
                query={query}
                found={found}
              />
            </div>
          ) : null}
        </div>
        <aside aria-label="Voting" className="min-w-0">
          <div className="flex flex-col gap-4 lg:sticky lg:top-6">
            <VotingNotice voting={voting} status={show.status} />
            {!voting.open && voting.reason !== "closed" ? null : (
              <Closing voting={voting} venue={venue} now={now} />
            )}
            <div className="max-lg:hidden">
              {openToFan ? <AllowanceCard allowance={openToFan} /> : null}
              {voting.open && !allowance ? <SignInCard slug={show.slug} /> : null}
            </div>
            {children}
          </div>
        </aside>
      </div>
      <p role="status" aria-live="polite" className="sr-only">
        {said}
      </p>
      {voting.open ? <AllowanceBar allowance={allowance} slug={show.slug} /> : null}
    </>
  );
}

/** What a plain form was refused for. */
function Refusal() {
  const answer = useActionData<{ ok: boolean; message?: string }>();
  if (!answer || answer.ok || !answer.message) return null;
  return (
    <div className="my-4">
      <Notice tone="danger" alert>
        {answer.message}
      </Notice>
    </div>
  );
}
