import { Link } from "@remix-run/react";
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import type { ResultsPage } from "../../http/answers.ts";
import { Chip } from "../../ui/chip.tsx";
import { Poster } from "../../ui/poster/poster.tsx";
import { joinKnown } from "../shows/places.ts";
import { showWhen } from "../shows/when.ts";

const STATE: Partial<Record<ResultsPage["state"], ReactNode>> = {
  live: <Chip tone="live">On stage now</Chip>,
  provisional: <Chip>May still change</Chip>,
  final: <Chip>Final</Chip>,
};

/** Which show is compared, with the way back to it. */
export function ResultsHeader({ page, now, children }: { page: ResultsPage; now: string; children?: ReactNode }) {
  const { artist, venue, show, state } = page;
  const when = showWhen({ ...show, venue }, now);
  return (
    <header className="grid grid-cols-[5rem_minmax(0,1fr)] items-center gap-x-5 sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-x-8">
      <Poster name={artist.name} line={joinKnown([venue.city, when], " · ")} className="-rotate-2" />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Link to={`/shows/${show.slug}`} className="pen-link inline-flex min-h-11 items-center gap-1.5">
            <ArrowLeft aria-hidden size={18} /> The show
          </Link>
          {STATE[state] ?? null}
        </p>
        <h1 className="text-[1.75rem] leading-[0.98] font-extrabold tracking-[-0.03em] sm:text-6xl">
          <bdi className="wrap-title">{artist.name}</bdi>
          <span className="block text-soft">called and played</span>
        </h1>
        <p className="wrap-title mt-2 font-medium sm:mt-4 sm:text-lg">
          <time dateTime={show.startsAt ?? show.localDate}>{when}</time>
          {" · "}
          <Link to={`/venues/${venue.slug}`} className="pen-link">
            <bdi>{venue.name}</bdi>
          </Link>
          {venue.city === null ? null : <>, {venue.city}</>}
        </p>
        {children}
      </div>
    </header>
  );
}
