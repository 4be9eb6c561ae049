import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { MergeRow } from "../features/matching/merge-row.tsx";
import { ModerationTabs } from "../features/moderation/moderation-tabs.tsx";
import { head } from "../features/site/head.ts";
import { isSignedOut, toErrorResponse, toFormError, toSignIn } from "../http/errors.ts";
import { number, queried } from "../http/form.ts";
import { MoreLink } from "../ui/more-link.tsx";
import { Notice } from "../ui/notice.tsx";
import { Empty, PageHeading } from "../ui/section.tsx";

export const meta: MetaFunction = () => head("Merges", "What has become another one, and can be undone.");

export async function loader({ request, context }: LoaderFunctionArgs) {
  try {
    return await context.api.matching.merges({ cursor: queried(request, "cursor") });
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  try {
    await context.api.matching.undoMerge({ id: number(await request.formData(), "id") });
    return redirect("/moderation/merges", 303);
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context });
    const { status, message } = toFormError(error);
    return data({ problem: message }, { status });
  }
}

export default function MergesPage() {
  const { items, nextCursor } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHeading title="Merges" lead="What has become another one. Nothing is lost: each can be undone." />
      <ModerationTabs />
      {problem ? (
        <div className="mb-6 max-w-3xl">
          <Notice tone="danger" alert>
            {problem}
          </Notice>
        </div>
      ) : null}
      {items.length > 0 ? (
        <ul className="border-t-2 border-ink">
          {items.map((merge) => (
            <MergeRow key={merge.id} merge={merge} action="/moderation/merges" />
          ))}
        </ul>
      ) : (
        <Empty title="No merges here">Where two turn out to be one, it is written down here.</Empty>
      )}
      <MoreLink nextCursor={nextCursor}>Earlier merges</MoreLink>
    </>
  );
}
