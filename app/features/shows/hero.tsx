import { Link } from "@remix-run/react";
import { VOTES_PER_SHOW } from "#server/domain/voting.ts";
import type { ShowSummary } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { Poster } from "../../ui/poster/poster.tsx";
import { joinKnown } from "./places.ts";

interface HeroProps {
  /** The shows whose posters hang beside the words. */
  shows: ShowSummary[];
  signedIn: boolean;
}

const HUNG = [
  "left-0 top-[10%] w-[43%] -rotate-6",
  "left-[29%] bottom-0 w-[43%] rotate-2",
  "right-0 top-0 w-[43%] rotate-6",
];

/** What this is, in one breath. */
export function Hero({ shows, signedIn }: HeroProps) {
  return (
    <section className="grid items-center gap-x-12 gap-y-12 pb-6 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] lg:pb-10">
      <div>
        <h1 className="text-[clamp(3.25rem,12.5vw,7.5rem)] leading-[0.86] font-extrabold tracking-[-0.045em]">
          What will they <span className="highlighted whitespace-nowrap">play?</span>
        </h1>
        <p className="mt-6 max-w-xl text-lg leading-relaxed text-soft sm:mt-8 sm:text-xl sm:leading-relaxed">
          Pick a show, spend your {VOTES_PER_SHOW} votes on the songs you expect to hear, and watch
          the crowd’s setlist move live until the lights go down.
        </p>
        <div className="mt-8 flex flex-wrap gap-3">
          <Button asChild className="min-h-13 px-7 text-lg">
            <Link to="/shows">Find a show</Link>
          </Button>
          {signedIn ? null : (
            <Button asChild tone="outline" className="min-h-13 px-7 text-lg">
              <Link to="/sign-up">Sign up</Link>
            </Button>
          )}
        </div>
      </div>
      <div aria-hidden className="relative mx-auto aspect-square w-full max-w-md lg:max-w-none">
        {shows.slice(0, HUNG.length).map((show, i) => (
          <Poster
            key={show.id}
            name={show.artist.name}
            line={joinKnown([show.venue.city, show.venue.name], " · ")}
            className={`absolute ${HUNG[i]}`}
          />
        ))}
      </div>
    </section>
  );
}
