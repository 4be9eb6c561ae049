import { Link } from "@remix-run/react";
import type { ShowSummary } from "../../http/answers.ts";
import { PosterArt } from "../../ui/poster/poster.tsx";
import { joinKnown } from "./places.ts";
import { VotingChip } from "./voting-chip.tsx";
import { showWhen } from "./when.ts";

interface ShowCardProps {
  show: ShowSummary;
  now: string;
  /** The heading level that fits under the section's. */
  as?: "h2" | "h3";
}

/** A show as a poster on a wall of posters. */
export function ShowCard({ show, now, as: Heading = "h3" }: ShowCardProps) {
  const { artist, venue } = show;
  return (
    <article className="group relative flex overflow-hidden sm:flex-col rounded-card border border-line bg-sheet shadow-card transition-transform duration-200 focus-within:-translate-y-0.5 hover:-translate-y-1">
      <div
        aria-hidden
        className="relative overflow-hidden max-sm:w-28 max-sm:shrink-0 sm:aspect-[5/4]"
      >
        <div className="absolute inset-0 transition-transform duration-500 group-hover:scale-105">
          <PosterArt name={artist.name} />
        </div>
      </div>
      <div className="flex min-w-0 grow flex-col p-4 sm:p-5">
        <Heading className="text-[1.375rem] leading-[1.02] sm:text-2xl font-extrabold tracking-tight">
          <Link
            to={`/shows/${show.slug}`}
            className="after:absolute after:inset-0 after:rounded-card"
          >
            <span dir="auto" className="wrap-title line-clamp-3">
              {artist.name}
            </span>
          </Link>
        </Heading>
        <p className="mt-1.5 font-semibold sm:mt-2">
          {joinKnown([showWhen(show, now), venue.city], " · ")}
        </p>
        <p dir="auto" className="wrap-title text-start text-soft">
          {venue.name}
        </p>
        <div className="mt-auto flex flex-wrap items-center gap-x-3 gap-y-2 pt-3 sm:pt-4">
          <VotingChip show={show} />
          <span className="text-[0.9375rem] text-soft">{standingWords(show)}</span>
        </div>
      </div>
    </article>
  );
}

/** What has been voted; nothing of a show that is over and was never voted on. */
export function standingWords(show: Pick<ShowSummary, "totalVotes" | "voting"> & { votesPerHour?: number }): string {
  const { totalVotes, voting, votesPerHour = 0 } = show;
  if (totalVotes === 0) return voting.open || voting.reason === "locked" || voting.reason === "postponed" ? "No votes yet" : "";
  const votes = totalVotes === 1 ? "1 vote" : `${totalVotes} votes`;
  return votesPerHour < 1 ? votes : `${votes}, ${Math.round(votesPerHour)} an hour`;
}
