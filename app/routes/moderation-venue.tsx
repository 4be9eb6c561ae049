import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { loadRecord } from "../features/matching/load-record.ts";
import { answerRecord } from "../features/matching/record-actions.ts";
import { RecordPage } from "../features/matching/record-page.tsx";
import { head } from "../features/site/head.ts";
import { idOf } from "../http/id-in-path.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? head(`Ids of ${data.record.name}`, "What it is known by at the providers, and what has become it.") : [];

export function loader({ params, ...asked }: LoaderFunctionArgs) {
  return loadRecord(asked, { kind: "venue", id: idOf(params) });
}

export function action({ params, ...asked }: ActionFunctionArgs) {
  return answerRecord(asked, { kind: "venue", id: idOf(params) });
}

export default function ModerationRecord() {
  return <RecordPage {...useLoaderData<typeof loader>()} problem={useActionData<typeof action>()} />;
}
