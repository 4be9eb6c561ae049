import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { AccuracyChart } from "../features/my-results/accuracy-chart.tsx";
import { ResultTable } from "../features/my-results/result-table.tsx";
import { Totals } from "../features/my-results/totals.tsx";
import { head } from "../features/site/head.ts";
import { toErrorResponse, toSignIn } from "../http/errors.ts";
import { queried } from "../http/form.ts";
import { Button } from "../ui/button.tsx";
import { MoreLink } from "../ui/more-link.tsx";
import { Empty, PageHeading, Section } from "../ui/section.tsx";

export const meta: MetaFunction = () => head("My results", "How well you called the setlists of your shows.");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, actor, now } = context;
  if (!actor) return toSignIn({ request, context });
  try {
    return { results: await api.results.mine({ cursor: queried(request, "cursor") }), now };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export default function MyResultsPage() {
  const { results, now } = useLoaderData<typeof loader>();
  if (results.totals.shows === 0) return <NoResults />;
  const best = results.items.filter(({ share }) => share !== null).sort((a, b) => b.share! - a.share!).slice(0, 3);
  return (
    <>
      <PageHeading
        title="My results"
        lead="Accuracy is how many of your votes hit, drawn towards what is usual while you have few: two lucky votes are no 100%. A streak counts shows in a row at which half of five votes or more hit."
      />
      <Totals results={results} />
      <Section title="Over time">
        <AccuracyChart results={results} now={now} />
        <div className="mt-8">
          <ResultTable items={results.items} now={now} caption="Your shows, latest first. Share is the part of the points that were possible." />
        </div>
        <MoreLink nextCursor={results.nextCursor}>Earlier shows</MoreLink>
      </Section>
      {best.length > 1 ? (
        <Section title="Your best of these">
          <ResultTable items={best} now={now} caption="By share of the points that were possible." />
        </Section>
      ) : null}
    </>
  );
}

function NoResults() {
  return (
    <>
      <PageHeading title="My results" />
      <Empty title="No results yet">
        <p className="mb-5">When a show that you voted for has been played and its setlist is final, your score is here.</p>
        <Button asChild>
          <Link to="/shows">Find a show</Link>
        </Button>
      </Empty>
    </>
  );
}
