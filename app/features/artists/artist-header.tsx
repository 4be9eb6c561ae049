import type { ArtistPage } from "../../http/answers.ts";
import { PosterArt } from "../../ui/poster/poster.tsx";
import { countryName, joinKnown } from "../shows/places.ts";

export function ArtistHeader({ artist }: { artist: ArtistPage["artist"] }) {
  const { disambiguation, genre, country } = artist;
  const facts = joinKnown([disambiguation, genre, country && countryName(country)], " · ");
  return (
    <header className="grid items-end gap-6 sm:grid-cols-[minmax(0,1fr)_14rem] lg:grid-cols-[minmax(0,1fr)_19rem]">
      <div className="min-w-0 max-sm:order-last">
        {facts === "" ? null : (
          <p suppressHydrationWarning className="mb-4 text-lg font-semibold text-soft">
            {facts}
          </p>
        )}
        <h1
          dir="auto"
          className="wrap-title text-start text-[clamp(3rem,9vw,7.5rem)] leading-[0.88] font-extrabold tracking-[-0.04em]"
        >
          {artist.name}
        </h1>
      </div>
      <div
        aria-hidden
        className="aspect-[16/9] overflow-hidden rounded-card shadow-poster ring-1 ring-line sm:aspect-square sm:rotate-2"
      >
        <PosterArt name={artist.name} />
      </div>
    </header>
  );
}
