import { Link } from "@remix-run/react";
import { ListChecks } from "lucide-react";
import type { ShowSummary } from "../../http/answers.ts";
import { PosterArt } from "../../ui/poster/poster.tsx";
import { joinKnown } from "./places.ts";
import { standingWords } from "./show-card.tsx";
import { VotingChip } from "./voting-chip.tsx";
import { leafOf, showWhen } from "./when.ts";

export type ListedShow = ShowSummary & { setlist?: boolean; votesPerHour?: number };

interface ShowRowProps {
  show: ListedShow;
  now: string;
  /** What the page itself is about, and so need not be said again. */
  without?: "artist" | "venue";
}

/** A show on one line of a list, or on some where the list is narrow. */
export function ShowRow({ show, now, without }: ShowRowProps) {
  const { title, more } = wordsOf(show, without);
  const standing = standingWords(show);
  return (
    <li className="@container relative border-b border-line hover:bg-sheet">
      <div className="grid grid-cols-[4rem_minmax(0,1fr)] items-center gap-x-4 gap-y-2 py-3 @2xl:grid-cols-[4.5rem_minmax(0,1fr)_auto_8.5rem] @2xl:gap-x-6 @2xl:px-2">
        <div
          aria-hidden
          className="aspect-square overflow-hidden rounded-xl @max-2xl:row-span-2 @max-2xl:self-start"
        >
          {without === "artist" ? <Leaf date={show.localDate} /> : <PosterArt name={show.artist.name} />}
        </div>
        <div className="min-w-0">
          <p className="text-[0.9375rem] font-semibold text-soft">{showWhen(show, now)}</p>
          <Link
            to={`/shows/${show.slug}`}
            dir="auto"
            className="wrap-title block text-start font-display text-xl leading-tight font-bold after:absolute after:inset-0 after:rounded-xl @2xl:text-2xl"
          >
            {title}
          </Link>
          {more === null ? null : (
            <p dir="auto" className="wrap-title text-start text-[0.9375rem] text-soft">
              {more}
            </p>
          )}
        </div>
        <p className="text-[0.9375rem] text-soft tabular-nums @max-2xl:order-last @max-2xl:sr-only">
          {standing}
        </p>
        <div className="flex items-center gap-3 @2xl:justify-end">
          {show.setlist ? <ResultsLink show={show} /> : <VotingChip show={show} />}
          <span aria-hidden className="text-sm text-soft @2xl:hidden">
            {standing}
          </span>
        </div>
      </div>
    </li>
  );
}

/** Above the row's own link, which leads to the show. */
function ResultsLink({ show: { slug, artist, localDate } }: { show: ListedShow }) {
  return (
    <Link
      to={`/shows/${slug}/results`}
      aria-label={`Results: ${artist.name}, ${localDate}`}
      className="relative z-1 inline-flex min-h-11 items-center gap-1.5 rounded-full border-[1.5px] border-edge px-3.5 text-[0.875rem] font-semibold hover:border-ink hover:bg-sheet"
    >
      <ListChecks aria-hidden size={15} /> Results
    </Link>
  );
}

function wordsOf({ artist, venue }: ShowSummary, without: ShowRowProps["without"]) {
  if (without === "venue") return { title: artist.name, more: artist.genre };
  if (without === undefined) return { title: artist.name, more: joinKnown([venue.name, venue.city]) };
  return venue.city === null ? { title: venue.name, more: null } : { title: venue.city, more: venue.name };
}

/** The date as a leaf of a calendar. */
function Leaf({ date }: { date: string }) {
  const { day, month } = leafOf(date);
  return (
    <span className="grid h-full place-content-center rounded-xl bg-ink text-center font-display leading-none font-extrabold text-paper">
      <span className="text-3xl tabular-nums">{day}</span>
      <span className="text-sm">{month}</span>
    </span>
  );
}

interface ShowRowsProps {
  shows: ListedShow[];
  now: string;
  without?: "artist" | "venue";
  /** Two columns where there is room. */
  columns?: boolean;
}

export function ShowRows({ shows, now, without, columns }: ShowRowsProps) {
  const layout = columns ? "grid gap-x-12 lg:grid-cols-2" : "";
  return (
    <ul className={`border-t-2 border-ink ${layout}`}>
      {shows.map((show) => (
        <ShowRow key={show.id} show={show} now={now} without={without} />
      ))}
    </ul>
  );
}
