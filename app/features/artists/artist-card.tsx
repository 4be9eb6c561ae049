import { Link } from "@remix-run/react";
import type { ArtistSummary } from "../../http/answers.ts";
import { PosterArt } from "../../ui/poster/poster.tsx";
import { joinKnown } from "../shows/places.ts";

export function ArtistCard({ artist }: { artist: ArtistSummary }) {
  const { disambiguation, genre, upcomingShows } = artist;
  return (
    <li className="group relative">
      <div
        aria-hidden
        className="aspect-square overflow-hidden rounded-card shadow-card transition-transform duration-200 group-hover:-translate-y-1"
      >
        <PosterArt name={artist.name} />
      </div>
      <Link
        to={`/artists/${artist.slug}`}
        dir="auto"
        className="wrap-title mt-3 block text-start font-display text-xl leading-tight font-bold after:absolute after:inset-0 after:rounded-card"
      >
        {artist.name}
      </Link>
      <p className="text-[0.9375rem] text-soft">
        {joinKnown([disambiguation, genre, showsWords(upcomingShows)], " · ")}
      </p>
    </li>
  );
}

function showsWords(shows: number): string {
  if (shows === 0) return "no shows ahead";
  return shows === 1 ? "1 show ahead" : `${shows} shows ahead`;
}
