import { Link } from "@remix-run/react";
import { CalendarDays, MapPin } from "lucide-react";
import type { ReactNode } from "react";
import type { ShowPage } from "../../http/answers.ts";
import { Chip } from "../../ui/chip.tsx";
import { Poster } from "../../ui/poster/poster.tsx";
import { AlsoOnBill } from "./also-on-bill.tsx";
import { joinKnown } from "./places.ts";
import { TicketLinks } from "./ticket-links.tsx";
import { showWhen } from "./when.ts";

const STATUS: Partial<Record<ShowPage["show"]["status"], ReactNode>> = {
  ongoing: <Chip tone="live">On stage now</Chip>,
  completed: <Chip>Played</Chip>,
  cancelled: <Chip tone="danger">Cancelled</Chip>,
  postponed: <Chip tone="danger">Postponed</Chip>,
};

/** Who plays where and when, beside the show's poster. */
export function ShowHeader({ page, now }: { page: ShowPage; now: string }) {
  const { artist, venue, show } = page;
  const when = showWhen({ ...show, venue }, now);
  return (
    <header className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-x-5 sm:grid-cols-[13rem_minmax(0,1fr)] sm:gap-x-10 lg:grid-cols-[16rem_minmax(0,1fr)]">
      <Poster name={artist.name} line={joinKnown([venue.city, when], " · ")} className="-rotate-2" />
      <div className="min-w-0">
        <div className="mb-3 flex flex-wrap gap-2">
          {STATUS[show.status] ?? null}
          {artist.genre === null ? null : <Chip>{artist.genre}</Chip>}
        </div>
        <h1
          dir="auto"
          className={`wrap-title text-start leading-[0.92] font-extrabold tracking-[-0.035em] ${sizeFor(artist.name)}`}
        >
          <Link
            to={`/artists/${artist.slug}`}
            className="decoration-marker-deep decoration-[0.08em] underline-offset-[0.1em] hover:underline"
          >
            {artist.name}
          </Link>
        </h1>
        {show.tour ? (
          <p dir="auto" className="wrap-title mt-3 text-start text-lg text-soft sm:text-xl">
            {show.tour}
          </p>
        ) : null}
        <div className="mt-4 flex flex-col gap-1.5 text-[1.0625rem] font-medium sm:mt-6 sm:flex-row sm:flex-wrap sm:gap-x-8 sm:text-xl">
          <p className="flex items-center gap-2">
            <CalendarDays aria-hidden size={20} className="shrink-0 text-soft" />
            <time dateTime={show.startsAt ?? show.localDate}>{when}</time>
          </p>
          <p className="flex items-start gap-2">
            <MapPin aria-hidden size={20} className="mt-1 shrink-0 text-soft" />
            <span className="wrap-title">
              <Link to={`/venues/${venue.slug}`} className="pen-link">
                {venue.name}
              </Link>
              {venue.city === null ? null : `, ${venue.city}`}
            </span>
          </p>
        </div>
        <AlsoOnBill acts={page.alsoOnBill} />
        <TicketLinks tickets={page.tickets} />
      </div>
    </header>
  );
}

/** Big names are short; a long one steps back so that it still fits beside its poster. */
function sizeFor(name: string): string {
  if (name.length > 40) return "text-xl sm:text-4xl lg:text-5xl";
  return name.length > 18 ? "text-3xl sm:text-5xl lg:text-7xl" : "text-4xl sm:text-7xl lg:text-8xl";
}
