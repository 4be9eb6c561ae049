import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Sources } from "../features/shows/sources.tsx";
import { head } from "../features/site/head.ts";
import { concealsFiguresTo } from "../features/spoilers/spoiler-cookie.ts";
import { AccuracySection } from "../features/statistics/accuracy-section.tsx";
import { Closers, Encores, Gaps, MostPlayed, Openers, Rarities } from "../features/statistics/figures.tsx";
import { Overview, OverTime } from "../features/statistics/overview.tsx";
import { ConcealedFigures } from "../features/statistics/concealed-figures.tsx";
import { ScopeLinks } from "../features/statistics/scope-links.tsx";
import { isShownAnyway } from "../features/statistics/shown-anyway.ts";
import { toErrorResponse } from "../http/errors.ts";
import { queried } from "../http/form.ts";
import { movedTo } from "../http/moved.ts";
import { Empty, PageHeading } from "../ui/section.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const { name } = data.page.artist;
  return head(`What ${name} plays`, `Most played songs, openers, closers, rarities and gaps of ${name}, by year and tour.`);
};

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  try {
    const asked = { artist: params.slug ?? "", year: queried(request, "year"), tour: queried(request, "tour") };
    const page = await context.api.artists.stats(asked);
    const moved = movedTo({ request, context }, params.slug, page.artist.slug);
    if (moved) return moved;
    const { statistics } = page;
    const concealed = statistics !== null && !isShownAnyway(request) && (await concealsFiguresTo(request, statistics.lastOn, context.now));
    return { page: concealed ? { ...page, statistics: null } : page, concealed };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export default function ArtistStatisticsRoute() {
  const { page, concealed } = useLoaderData<typeof loader>();
  const { artist, scope, name, statistics, accuracy, sources } = page;
  const which = scope === "all" ? "" : scope === "year" ? ` in ${name}` : `, ${name}`;
  return (
    <>
      <PageHeading
        title={`What they play${which}`}
        lead={
          <Link to={`/artists/${artist.slug}`} className="pen-link">
            <bdi>{artist.name}</bdi>
          </Link>
        }
      />
      <ScopeLinks page={page} />
      {concealed ? (
        <ConcealedFigures />
      ) : statistics === null ? (
        <Empty title="No setlists known">
          {scope === "all" ? "Once what they have played is known, its figures stand here." : "Nothing is known of shows then. All shows may tell more."}
        </Empty>
      ) : (
        <>
          <Overview statistics={statistics} />
          <OverTime statistics={statistics} />
          <div className="mt-14 grid items-start gap-x-14 gap-y-14 sm:mt-20 lg:grid-cols-2 [&>section]:mt-0">
            <MostPlayed statistics={statistics} />
            <Gaps statistics={statistics} />
            <Openers statistics={statistics} />
            <Closers statistics={statistics} />
            <Encores statistics={statistics} />
            <Rarities statistics={statistics} />
          </div>
        </>
      )}
      <AccuracySection accuracy={accuracy} />
      <Sources sources={sources} />
    </>
  );
}
