import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { LastNights } from "../features/results/last-nights.tsx";
import { Hero } from "../features/shows/hero.tsx";
import { ShowCard } from "../features/shows/show-card.tsx";
import { ShowRows } from "../features/shows/show-row.tsx";
import { head } from "../features/site/head.ts";
import type { ShowSummary, TrendingShow } from "../http/answers.ts";
import { toErrorResponse } from "../http/errors.ts";
import { Empty, Section } from "../ui/section.tsx";

export const meta: MetaFunction = () =>
  head(
    "",
    "Vote for the songs you expect to hear at an upcoming show and watch the tally move live.",
  );

export async function loader({ request, context }: LoaderFunctionArgs) {
  try {
    const home = await context.api.shows.home();
    return { home, now: context.now, signedIn: context.actor !== null };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

/** As many as make two rows of a wall; the rest is one click away. */
const SHORT = 8;

export default function HomePage() {
  const { home, now, signedIn } = useLoaderData<typeof loader>();
  const { tonight, thisWeek, trending, lastNights } = home;
  const all = (
    <Link to="/shows" className="pen-link flex min-h-11 items-center">
      All shows
    </Link>
  );
  const nothing = tonight.length + thisWeek.length + trending.length + lastNights.length === 0;
  return (
    <>
      <Hero shows={postersOf([...trending, ...tonight, ...thisWeek])} signedIn={signedIn} />
      <Wall title="Tonight" shows={tonight} now={now} />
      <Wall title="This week" shows={thisWeek.slice(0, SHORT)} now={now} aside={all} />
      <Trending shows={trending.slice(0, SHORT)} now={now} />
      <LastNights nights={lastNights} now={now} />
      {nothing ? (
        <Empty title="No shows yet">As soon as one is announced, it is here.</Empty>
      ) : null}
    </>
  );
}

/** One show for each artist, so that no poster hangs twice. */
function postersOf(shows: ShowSummary[]): ShowSummary[] {
  return [...new Map(shows.toReversed().map((show) => [show.artist.id, show])).values()].reverse();
}

interface WallProps {
  title: string;
  shows: ShowSummary[];
  now: string;
  aside?: React.ReactNode;
}

function Wall({ title, shows, now, aside }: WallProps) {
  if (shows.length === 0) return null;
  return (
    <Section title={title} aside={aside}>
      <div className="grid gap-3 sm:grid-cols-2 sm:gap-6 lg:grid-cols-3 xl:grid-cols-4">
        {shows.map((show) => (
          <ShowCard key={show.id} show={show} now={now} />
        ))}
      </div>
    </Section>
  );
}

/** The shows whose votes come in fastest, as a chart. */
function Trending({ shows, now }: { shows: TrendingShow[]; now: string }) {
  if (shows.length === 0) return null;
  const more = (
    <Link to="/shows?sort=votes" className="pen-link flex min-h-11 items-center">
      Most voted of all
    </Link>
  );
  return (
    <Section title="Trending" aside={more}>
      <p className="mb-5 max-w-2xl text-soft">
        Where votes are coming in fastest: by votes an hour, of which those of the last half day
        count most. Where none come in, by all votes so far.
      </p>
      <ShowRows shows={shows} now={now} columns />
    </Section>
  );
}
