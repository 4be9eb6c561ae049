import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ChanceTable } from "../features/forecast/chance-table.tsx";
import { ExpectedSetlist } from "../features/forecast/expected-setlist.tsx";
import { dateWords } from "../features/shows/when.ts";
import { head } from "../features/site/head.ts";
import { isConcealed } from "../features/spoilers/spoiler-cookie.ts";
import { toErrorResponse } from "../http/errors.ts";
import { movedTo } from "../http/moved.ts";
import { Empty, PageHeading, Section } from "../ui/section.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const { artist, venue } = data.page;
  return head(`Forecast for ${artist.name} at ${venue.name}`, `The setlist that ${artist.name} is expected to play at ${venue.name}, from past shows alone.`);
};

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  try {
    const page = await context.api.forecast.get({ show: params.slug ?? "" });
    const moved = movedTo({ request, context }, params.slug, page.show.slug);
    if (moved) return moved;
    const hidden = await isConcealed(request, page, context.now);
    const { forecast } = page;
    const told = hidden && forecast ? { ...page, forecast: { ...forecast, songs: forecast.songs.map((song) => ({ ...song, reasons: "" })) } } : page;
    return { page: told, hidden, today: context.now.slice(0, 10) };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export default function ShowForecastRoute() {
  const { page, hidden, today } = useLoaderData<typeof loader>();
  const { show, artist, venue, forecast } = page;
  return (
    <>
      <PageHeading
        title="The forecast"
        lead={
          <Link to={`/shows/${show.slug}`} className="pen-link">
            <bdi>{artist.name}</bdi>, <bdi>{venue.name}</bdi>, {dateWords(show.localDate, today)}
          </Link>
        }
      />
      {forecast === null ? (
        <Empty title="No forecast">It is made of what the artist has played before. Nothing of that is known here, or it came in after voting had closed.</Empty>
      ) : (
        <>
          <p className="mb-10 max-w-2xl text-soft">
            {forecast.shows === 1 ? "It rests on one past show" : `It rests on ${forecast.shows} past shows`} and on no vote. {forecast.length} songs are
            expected. “With votes” blends it with what fans say.
            {hidden ? " Why a song is expected is hidden, as you asked: it may tell what was played at the last show." : null}
          </p>
          <div className="grid items-start gap-x-14 gap-y-14 lg:grid-cols-2 [&>section]:mt-0">
            <Section title="Expected setlist">
              <ExpectedSetlist setlist={forecast.setlist} />
            </Section>
            <Section title="Every song with a chance">
              <ChanceTable songs={forecast.songs} />
            </Section>
          </div>
        </>
      )}
    </>
  );
}
