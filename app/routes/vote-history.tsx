import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ArrowLeft } from "lucide-react";
import { VoteHistoryCharts } from "../features/history/vote-history.tsx";
import { dateWords } from "../features/shows/when.ts";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { movedTo } from "../http/moved.ts";
import { PageHeading } from "../ui/section.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const { artist, venue } = data.history;
  return head(`How the votes came in: ${artist.name} at ${venue.name}`, `The votes of fans for ${artist.name} at ${venue.name}, over time.`);
};

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  try {
    const history = await context.api.shows.history({ show: params.slug ?? "" });
    return movedTo({ request, context }, params.slug, history.show.slug) ?? { history, now: context.now };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export default function VoteHistoryRoute() {
  const { history, now } = useLoaderData<typeof loader>();
  const { show, artist, venue } = history;
  return (
    <>
      <Link to={`/shows/${show.slug}`} className="pen-link mb-3 inline-flex min-h-11 items-center gap-1.5">
        <ArrowLeft aria-hidden size={18} /> The show
      </Link>
      <PageHeading
        title="How the votes came in"
        lead={
          <>
            <bdi>{artist.name}</bdi> at <bdi>{venue.name}</bdi>, {dateWords(show.localDate, now.slice(0, 10))}
          </>
        }
      />
      <VoteHistoryCharts history={history} now={now} />
    </>
  );
}
