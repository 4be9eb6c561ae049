import type { ResultsPage } from "../../http/answers.ts";
import { Concealed } from "../spoilers/spoiler-forms.tsx";
import { PredictedLists } from "./predicted-lists.tsx";
import { ResultNotice } from "./result-notice.tsx";
import { ResultsHeader } from "./results-header.tsx";

/** The comparison page of whoever does not want to know yet: what was predicted, and nothing of what was played. */
export function ConcealedResults({ page, now }: { page: ResultsPage; now: string }) {
  return (
    <>
      <ResultsHeader page={page} now={now} />
      {page.state === "open" || page.state === "none" ? (
        <div className="mt-8">
          <ResultNotice page={page} />
        </div>
      ) : null}
      <div className="mt-10 grid gap-x-14 gap-y-12 sm:mt-14 lg:grid-cols-2">
        <Concealed showId={page.show.id}>What they played, and who called it, stays off this page until you want to see it.</Concealed>
        <PredictedLists page={page} hidden />
      </div>
    </>
  );
}
