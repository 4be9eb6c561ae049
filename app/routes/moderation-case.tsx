import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { answerDecision } from "../features/moderation/case-actions.ts";
import { CaseDecision } from "../features/moderation/case-decision.tsx";
import { CaseFans } from "../features/moderation/case-fans.tsx";
import { CaseReasons } from "../features/moderation/case-reasons.tsx";
import { CaseTally } from "../features/moderation/case-tally.tsx";
import { joinKnown } from "../features/shows/places.ts";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { PageHeading, Section } from "../ui/section.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? head(`Case ${data.page.id}`, "Why these votes are in question, whose they are, and what they change.") : [];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  try {
    return { page: await context.api.moderation.case({ id: idOf(params) }) };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export function action({ params, request, context }: ActionFunctionArgs) {
  return answerDecision({ request, context }, idOf(params));
}

/** An address that is no id leads nowhere. */
function idOf({ id = "" }: { id?: string }): number {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw Response.json({ reason: "not_found" }, { status: 404 });
  return Number(id);
}

export default function ModerationCasePage() {
  const { page } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { show, artist, venue } = page;
  return (
    <>
      <PageHeading
        title={`Case ${page.id}`}
        lead={
          <>
            <Link to={`/shows/${show.slug}`} dir="auto" className="pen-link wrap-title">
              {artist.name} at {venue.name}
            </Link>
            , {joinKnown([venue.city, show.localDate])}. Certainty {Math.round(100 * page.score)} %.
          </>
        }
      />
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="min-w-0">
          <Section title="Why">
            <CaseReasons page={page} />
          </Section>
          <Section title="What it changes">
            <CaseTally page={page} />
          </Section>
          <Section title="Who">
            <CaseFans page={page} />
          </Section>
        </div>
        <aside aria-label="Decision" className="min-w-0 max-lg:order-first">
          <div className="lg:sticky lg:top-6">
            <CaseDecision page={page} problem={answer?.problem} />
          </div>
        </aside>
      </div>
    </>
  );
}
