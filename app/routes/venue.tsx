import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { countryName, joinKnown } from "../features/shows/places.ts";
import { PastShows } from "../features/shows/past-shows.tsx";
import { ShowRows } from "../features/shows/show-row.tsx";
import { Sources } from "../features/shows/sources.tsx";
import { head } from "../features/site/head.ts";
import { VenueFacts } from "../features/venues/venue-facts.tsx";
import { toErrorResponse } from "../http/errors.ts";
import { movedTo } from "../http/moved.ts";
import { Empty, PageHeading, Section } from "../ui/section.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const { name, city } = data.page.venue;
  const where = city === null ? name : `${name} in ${city}`;
  return head(joinKnown([name, city]), `Shows at ${where} that fans are voting on.`);
};

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  try {
    const page = await context.api.venues.get({ venue: params.slug ?? "" });
    return movedTo({ request, context }, params.slug, page.venue.slug) ?? { page, now: context.now };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export default function VenueRoute() {
  const { page, now } = useLoaderData<typeof loader>();
  const { venue, upcoming, past, pastCursor, sources } = page;
  const earlier = pastCursor && `/venues/${venue.slug}/shows?cursor=${pastCursor}`;
  const where = joinKnown([venue.city, venue.region, venue.country && countryName(venue.country)]);
  return (
    <>
      <PageHeading
        title={venue.name}
        lead={where && <span suppressHydrationWarning>{where}</span>}
      />
      <VenueFacts venue={venue} now={now} />
      <Section title="Upcoming shows">
        {upcoming.length > 0 ? (
          <ShowRows shows={upcoming} now={now} without="venue" />
        ) : (
          <Empty title="Nothing announced">When a show is, its ballot opens here.</Empty>
        )}
      </Section>
      <PastShows shows={past} now={now} of="venue" earlier={earlier} />
      <Sources sources={sources} />
    </>
  );
}
