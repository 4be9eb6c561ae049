import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data } from "@remix-run/node";
import { useActionData, useHref } from "@remix-run/react";
import { LinkAnswer } from "../features/moderation/link-answer.tsx";
import { ModerationTabs } from "../features/moderation/moderation-tabs.tsx";
import { head } from "../features/site/head.ts";
import { isSignedOut, toErrorResponse, toFormError, toSignIn } from "../http/errors.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHeading, Section } from "../ui/section.tsx";

export const meta: MetaFunction = () => head("Files of links", "Whose ids at the providers are ours, as a file.");

export function loader({ request, context }: LoaderFunctionArgs) {
  try {
    context.linkFiles.open();
    return null;
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

/** Carries out the file that the form sends. */
export async function action({ request, context }: ActionFunctionArgs) {
  try {
    const answer = await context.linkFiles.take(request);
    return data({ answer, problem: null }, { status: answer.ok ? 200 : 400 });
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context });
    const { status, message } = toFormError(error);
    return data({ answer: null, problem: message }, { status });
  }
}

export default function LinkFilesPage() {
  const done = useActionData<typeof action>();
  const csv = useHref("/moderation/links.csv");
  const json = useHref("/moderation/links.json");
  return (
    <>
      <PageHeading title="Files of links" lead="Which artist, venue or show here is which one at a provider, and which of ours have become one." />
      <ModerationTabs />
      {done?.problem ? (
        <Notice tone="danger" alert>
          {done.problem}
        </Notice>
      ) : null}
      {done?.answer ? <LinkAnswer answer={done.answer} /> : null}
      <Section title="Save a file">
        <p className="mb-4 max-w-2xl">It holds everything that is linked. A table (CSV) opens in a spreadsheet; both can be changed and sent back.</p>
        <div className="flex flex-wrap gap-3">
          <Button asChild tone="outline">
            <a href={csv} download>
              Save as CSV
            </a>
          </Button>
          <Button asChild tone="outline">
            <a href={json} download>
              Save as JSON
            </a>
          </Button>
        </div>
      </Section>
      <Section title="Send a file">
        <p className="mb-4 max-w-2xl">Everything in it is carried out, or nothing where a line is wrong. What is not in the file stays as it is. A merge can be undone afterwards, one by one.</p>
        <form method="post" encType="multipart/form-data" className="max-w-xl space-y-5">
          {/* Before the file, which is read as it comes. */}
          <label className="flex min-h-11 items-center gap-3">
            <input type="checkbox" name="dryRun" value="1" className="size-5 accent-marker-deep" />
            Only look what it would do
          </label>
          <Field label="File" name="file" type="file" accept=".csv,.json,text/csv,application/json" required hint="CSV or JSON, in UTF-8, at most 64 MB." className="[&_input]:py-2.5" />
          <Button>Send</Button>
        </form>
      </Section>
    </>
  );
}
