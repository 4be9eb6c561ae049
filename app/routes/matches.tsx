import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { DidLine } from "../features/matching/did-line.tsx";
import { readDid } from "../features/matching/match-actions.ts";
import { MatchFilters } from "../features/matching/match-filters.tsx";
import { MatchRow } from "../features/matching/match-row.tsx";
import { KIND_WORDS, KINDS, kindOf, matchPath, STATUSES } from "../features/matching/match-words.ts";
import { ModerationTabs } from "../features/moderation/moderation-tabs.tsx";
import { head } from "../features/site/head.ts";
import type { MatchStatus } from "../http/answers.ts";
import { toErrorResponse } from "../http/errors.ts";
import { queried } from "../http/form.ts";
import { Button } from "../ui/button.tsx";
import { MoreLink } from "../ui/more-link.tsx";
import { Empty, PageHeading } from "../ui/section.tsx";

export const meta: MetaFunction = () => head("Matches", "Records that may be of one artist, venue, show or song.");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const status = STATUSES.find((one) => one === queried(request, "status")) ?? "review";
  const kind = kindOf(queried(request, "kind"));
  try {
    const list = await context.api.matching.list({ status, kind, cursor: queried(request, "cursor") });
    return { list, status, kind: kind ?? null, did: await readDid(context.api, request) };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

const NONE: Record<MatchStatus, string> = {
  review: "Nothing waits for a decision. What the program is unsure of comes here by itself.",
  automatic: "Nothing was joined without asking.",
  approved: "Nobody has approved a match yet.",
  rejected: "Nobody has rejected a match yet.",
};

export default function MatchesPage() {
  const { list, status, kind: listed, did } = useLoaderData<typeof loader>();
  const kind = listed ?? undefined;
  const [first] = list.items;
  const left = kind ? list.counts.review[kind] : KINDS.reduce((sum, each) => sum + list.counts.review[each], 0);
  const undoable = did?.what === "approved" || did?.what === "rejected" ? did.id : null;
  return (
    <>
      <PageHeading title="Matches" lead="Records that may be of one artist, venue, show or song. You say which are one and which are two." />
      <ModerationTabs />
      {did ? (
        <div className="mb-4">
          <DidLine {...{ did, left, kind, undoable }} />
        </div>
      ) : null}
      <MatchFilters counts={list.counts} status={status} kind={kind} />
      {status === "review" && first ? (
        <Button asChild className="mb-6">
          <Link to={matchPath(first.id, kind)}>Review {kind ? KIND_WORDS[kind].toLowerCase() : "them"} one after the other</Link>
        </Button>
      ) : null}
      {first ? (
        <ul className="border-t-2 border-ink">
          {list.items.map((match) => (
            <MatchRow key={match.id} match={match} kind={kind} />
          ))}
        </ul>
      ) : (
        <Empty title="No matches here">{NONE[status]}</Empty>
      )}
      <MoreLink nextCursor={list.nextCursor}>More matches</MoreLink>
    </>
  );
}
