import { Link } from "@remix-run/react";
import type { LastNight } from "../../http/answers.ts";
import { Section } from "../../ui/section.tsx";
import { dateWords } from "../shows/when.ts";
import { ofAll } from "./result-words.ts";

/** The latest shows that were scored: how many songs the crowd had, and the way to which. */
export function LastNights({ nights, now }: { nights: LastNight[]; now: string }) {
  if (nights.length === 0) return null;
  return (
    <Section title="Last nights">
      <ul className="grid border-t-2 border-ink lg:grid-cols-2 lg:gap-x-12">
        {nights.map(({ show, artist, venue, hits, played }) => (
          <li key={show.id} className="flex items-center justify-between gap-x-4 border-b border-line py-3">
            <p className="min-w-0">
              <Link to={`/shows/${show.slug}/results`} dir="auto" className="wrap-title block text-start font-display text-xl leading-tight font-bold sm:text-2xl">
                {artist.name}
              </Link>
              <span className="wrap-title block text-[0.9375rem] text-soft">
                {dateWords(show.localDate, now.slice(0, 10))}, <bdi>{venue.city ?? venue.name}</bdi>
              </span>
            </p>
            <p className="shrink-0 text-end text-[0.875rem] text-soft">
              The crowd had
              <span className="block font-display text-xl leading-tight font-extrabold text-ink tabular-nums">{ofAll({ hits, of: played })}</span>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
