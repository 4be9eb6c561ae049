import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { AdminTabs } from "../features/admin/admin-tabs.tsx";
import { answerChange } from "../features/admin/change-actions.ts";
import { ImportForm } from "../features/admin/import-form.tsx";
import { ImportList } from "../features/admin/import-list.tsx";
import { answerAsk } from "../features/imports/ask-actions.ts";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { text } from "../http/form.ts";
import { Notice } from "../ui/notice.tsx";
import { PageHeading } from "../ui/section.tsx";

export const meta: MetaFunction = () => head("Imports", "Which artists come in, which wait, and which did not work.");

export async function loader({ request, context }: LoaderFunctionArgs) {
  try {
    return await context.api.imports.list();
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  if (text(form, "intent") === "import") return answerAsk({ request, context }, form);
  return answerChange({ request, context }, form, { of: "imports", back: "/admin/imports" });
}

export default function AdminImports() {
  const { active, queued, finished, failed } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeading title="Imports" lead="Artists on their way in, and how it went." />
      <AdminTabs />
      <div className="mb-5 flex max-w-3xl flex-col gap-4 empty:hidden">
        {answer?.problem ? (
          <Notice tone="danger" alert>
            {answer.problem.message}
          </Notice>
        ) : null}
        {answer?.here ? (
          <Notice tone="marker" alert title="Already here">
            <Link to={`/artists/${answer.here.slug}`} dir="auto" className="pen-link wrap-title">
              {answer.here.name}
            </Link>{" "}
            is kept up to date by itself. Tick “Even if already here” to import again.
          </Notice>
        ) : null}
      </div>
      <ImportForm problem={answer?.problem} />
      <ImportList title="Active" items={active} none="Nothing comes in right now." can={["cancel"]} />
      <ImportList title="Queued" items={queued} none="Nothing waits." can={["cancel"]} />
      <ImportList title="Failed" items={failed} none="Nothing has failed." can={["retry"]} />
      <ImportList title="Finished" items={finished} none="Nothing yet." can={[]} />
    </>
  );
}
