import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { Candidates } from "../features/imports/candidates.tsx";
import { ProgressCard } from "../features/imports/progress-card.tsx";
import { useProgress } from "../features/imports/use-progress.ts";
import { head } from "../features/site/head.ts";
import { isSignedOut, toErrorResponse, toFormError, toSignIn } from "../http/errors.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHeading } from "../ui/section.tsx";

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  page ? head(`${page.name}, asked for`, "How far an artist is that was asked for.") : [];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  try {
    return await context.api.imports.get({ id: idOf(params) });
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

/** Cancels the import: what its one form is for. */
export async function action({ params, request, context }: ActionFunctionArgs) {
  const id = idOf(params);
  try {
    await context.api.imports.cancel({ id });
    return redirect(`/imports/${id}`, 303);
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context });
    const { status, message } = toFormError(error);
    return data({ problem: message }, { status });
  }
}

function idOf({ id = "" }: { id?: string }): number {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw Response.json({ reason: "not_found" }, { status: 404 });
  return Number(id);
}

export default function ImportPage() {
  const page = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  const busy = useNavigation().state === "submitting";
  const progress = useProgress(page);
  const open = progress.state !== "over";
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeading title={progress.name} lead={open ? "You can close this page: it goes on without you." : undefined} />
      {problem ? (
        <div className="mb-5">
          <Notice tone="danger" alert>
            {problem}
          </Notice>
        </div>
      ) : null}
      <ProgressCard progress={progress} />
      {progress.phase === "failed" && (progress.problem?.candidates?.length ?? 0) > 0 ? (
        <div className="mt-8">
          <Candidates problem={progress.problem!} />
        </div>
      ) : null}
      <div className="mt-8 flex flex-wrap items-center gap-x-6 gap-y-3">
        {open ? (
          <noscript>
            <Link to="." reloadDocument className="pen-link inline-flex min-h-11 items-center">
              See how far it is now
            </Link>
          </noscript>
        ) : null}
        <Link to="/imports" className="pen-link inline-flex min-h-11 items-center">
          What you have asked for
        </Link>
        {progress.phase === "failed" || progress.phase === "cancelled" ? (
          <Link to={`/artists/ask?name=${encodeURIComponent(progress.name)}`} className="pen-link inline-flex min-h-11 items-center">
            Ask again
          </Link>
        ) : null}
        {open && page.cancellable ? (
          <Form method="post">
            <Button tone="danger" disabled={busy}>
              Cancel
            </Button>
          </Form>
        ) : null}
      </div>
    </div>
  );
}
