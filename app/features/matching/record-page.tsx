import { Link } from "@remix-run/react";
import type { FoundRecord, RecordLinks } from "../../http/answers.ts";
import { Notice } from "../../ui/notice.tsx";
import { PageHeading, Section } from "../../ui/section.tsx";
import { ModerationTabs } from "../moderation/moderation-tabs.tsx";
import { IdList } from "./id-list.tsx";
import { LinkForm } from "./link-form.tsx";
import { MergeRow } from "./merge-row.tsx";
import { MergeSearch } from "./merge-search.tsx";
import type { RecordProblem } from "./record-actions.ts";

export interface RecordPageProps {
  record: RecordLinks;
  query: string | undefined;
  found: FoundRecord[] | null;
  /** What was done last, in words. */
  done: string | null;
  problem: RecordProblem | undefined;
}

/** An artist or a venue as moderators see it: what it is known by, and what has become it. */
export function RecordPage({ record, query, found, done, problem }: RecordPageProps) {
  const { kind, id, slug, name, about, merged } = record;
  const lead = (
    <>
      {about ? `${about}. ` : ""}Number {id},{" "}
      <Link to={`/${kind}s/${slug}`} className="pen-link">
        its page
      </Link>
      .
    </>
  );
  return (
    <>
      <PageHeading title={name} lead={lead} />
      <ModerationTabs />
      <div className="mb-8 max-w-3xl empty:hidden">
        {problem && problem.typed === undefined ? (
          <Notice tone="danger" alert>
            {problem.message}
          </Notice>
        ) : null}
        {done ? (
          <Notice tone="marker" alert>
            {done}
          </Notice>
        ) : null}
      </div>
      <Section title="Ids at providers">
        <IdList of={record} />
        <div className="mt-6">
          <LinkForm error={problem?.typed === undefined ? undefined : problem.message} typed={problem?.typed} />
        </div>
      </Section>
      <Section title={`Merge with another ${kind}`}>
        <MergeSearch of={record} query={query} found={found} />
      </Section>
      {merged.length > 0 ? (
        <Section title="Has become this one">
          <ul className="border-t-2 border-ink">
            {merged.map((merge) => (
              <MergeRow key={merge.id} merge={merge} action={`/moderation/${kind}s/${id}`} />
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}
