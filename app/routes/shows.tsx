import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ShowFilters } from "../features/shows/show-filters.tsx";
import { ShowRows } from "../features/shows/show-row.tsx";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { queried } from "../http/form.ts";
import { MoreLink } from "../ui/more-link.tsx";
import { Empty, PageHeading } from "../ui/section.tsx";

export const meta: MetaFunction = () =>
  head("Shows", "Upcoming shows that fans are voting on, by date or by votes.");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = (name: string) => queried(request, name);
  try {
    const shows = await context.api.shows.list({
      artist: asked("artist"),
      from: asked("from"),
      to: asked("to"),
      sort: asked("sort") === "votes" ? "votes" : "date",
      cursor: asked("cursor"),
    });
    return { shows, now: context.now };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export default function ShowsPage() {
  const { shows, now } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeading
        title="Shows"
        lead="Find the one you are going to and say what they will play."
      />
      <ShowFilters />
      {shows.items.length > 0 ? (
        <ShowRows shows={shows.items} now={now} />
      ) : (
        <Empty title="No show fits">Try other dates, or show all.</Empty>
      )}
      <MoreLink nextCursor={shows.nextCursor}>More shows</MoreLink>
    </>
  );
}
