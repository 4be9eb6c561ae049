import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ShowRows } from "../features/shows/show-row.tsx";
import { Sources } from "../features/shows/sources.tsx";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { queried } from "../http/form.ts";
import { movedTo } from "../http/moved.ts";
import { MoreLink } from "../ui/more-link.tsx";
import { Empty, PageHeading } from "../ui/section.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const { name } = data.page.venue;
  return head(`Past shows at ${name}`, `Every show at ${name} that is over, with what was played.`);
};

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  try {
    const asked = { venue: params.slug ?? "", cursor: queried(request, "cursor") };
    const page = await context.api.venues.pastShows(asked);
    return movedTo({ request, context }, params.slug, page.venue.slug) ?? { page, now: context.now };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export default function VenueShowsRoute() {
  const { page, now } = useLoaderData<typeof loader>();
  const { venue, items, nextCursor, sources } = page;
  return (
    <>
      <PageHeading
        title="Past shows"
        lead={
          <Link to={`/venues/${venue.slug}`} className="pen-link">
            <bdi>{venue.name}</bdi>
          </Link>
        }
      />
      {items.length > 0 ? (
        <ShowRows shows={items} now={now} without="venue" />
      ) : (
        <Empty title="No shows before that" />
      )}
      <MoreLink nextCursor={nextCursor}>Earlier shows</MoreLink>
      <Sources sources={sources} />
    </>
  );
}
