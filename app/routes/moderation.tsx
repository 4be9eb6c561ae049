import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { CaseRow } from "../features/moderation/case-row.tsx";
import { ModerationTabs } from "../features/moderation/moderation-tabs.tsx";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { queried } from "../http/form.ts";
import { MoreLink } from "../ui/more-link.tsx";
import { Empty, PageHeading } from "../ui/section.tsx";

export const meta: MetaFunction = () =>
  head("Moderation", "Votes that look like one hand, for a moderator to decide.");

const STATUSES = { open: "To decide", held: "Held", released: "Released" } as const;
type Status = keyof typeof STATUSES;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = queried(request, "status");
  const status: Status = asked === "held" || asked === "released" ? asked : "open";
  try {
    const cases = await context.api.moderation.cases({ status, cursor: queried(request, "cursor") });
    return { cases, status };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

const NONE: Record<Status, string> = {
  open: "Nothing waits for a decision. The votes of all shows are looked at every minute.",
  held: "No votes are held by a moderator’s decision.",
  released: "No case has been released.",
};

export default function ModerationPage() {
  const { cases, status } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeading
        title="Moderation"
        lead="Votes that look like one hand behind many accounts. You decide whether they count."
      />
      <ModerationTabs />
      <nav aria-label="Cases" className="mb-6 flex flex-wrap gap-2">
        {Object.entries(STATUSES).map(([key, label]) => (
          <Link
            key={key}
            to={key === "open" ? "/moderation" : `/moderation?status=${key}`}
            aria-current={key === status ? "page" : undefined}
            className="inline-flex min-h-11 items-center rounded-full border-[1.5px] border-edge px-5 font-semibold hover:border-ink aria-[current=page]:border-marker aria-[current=page]:bg-marker aria-[current=page]:text-on-marker"
          >
            {label}
          </Link>
        ))}
      </nav>
      {cases.items.length > 0 ? (
        <ul className="border-t-2 border-ink">
          {cases.items.map((one) => (
            <CaseRow key={one.id} one={one} />
          ))}
        </ul>
      ) : (
        <Empty title="No cases here">{NONE[status]}</Empty>
      )}
      <MoreLink nextCursor={cases.nextCursor}>Earlier cases</MoreLink>
    </>
  );
}
