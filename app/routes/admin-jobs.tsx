import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { AdminTabs } from "../features/admin/admin-tabs.tsx";
import { answerChange } from "../features/admin/change-actions.ts";
import { JobList } from "../features/admin/job-list.tsx";
import { DayTable, ProviderTable, RunTable } from "../features/admin/job-tables.tsx";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { Notice } from "../ui/notice.tsx";
import { PageHeading, Section } from "../ui/section.tsx";

export const meta: MetaFunction = () => head("Jobs and providers", "What is done in the background, and how it goes.");

export async function loader({ request, context: { api, ...context } }: LoaderFunctionArgs) {
  try {
    const [jobs, runs, states] = await Promise.all([api.jobs.list(), api.jobs.runs(), api.providers.states()]);
    return { jobs, runs, states };
  } catch (error) {
    throw toErrorResponse(error, { request, context: { api, ...context } });
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  return answerChange({ request, context }, await request.formData(), { of: "jobs", back: "/admin/jobs" });
}

export default function AdminJobs() {
  const { jobs, runs, states } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHeading title="Jobs and providers" lead="What is done in the background, and how it goes." />
      <AdminTabs />
      {problem ? (
        <div className="mb-8 max-w-3xl">
          <Notice tone="danger" alert>
            {problem.message}
          </Notice>
        </div>
      ) : null}
      <Section title="Failed">
        <JobList jobs={jobs.failed} can="retry" none="Nothing waits for you: no job has given up. Imports have a page of their own." />
      </Section>
      <Section title="Queue">
        <JobList jobs={[...jobs.running, ...jobs.queued]} can="cancel" none="Nothing is running or waiting." />
      </Section>
      <Section title="Providers">
        <ProviderTable states={states} />
      </Section>
      <Section title="Last runs">
        <RunTable runs={runs} />
      </Section>
      <Section title="The last 7 days">
        {runs.days.length > 0 ? <DayTable days={runs.days} /> : <p className="text-soft">No job has run yet.</p>}
      </Section>
    </>
  );
}
