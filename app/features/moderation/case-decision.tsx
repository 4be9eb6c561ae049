import { Form, useNavigation } from "@remix-run/react";
import type { ModerationPage } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { wallClock } from "../shows/when.ts";
import { sizeWords, stateWords } from "./case-words.ts";

/** What was decided, and the two buttons; either decision can be taken back by the other. */
export function CaseDecision({ page, problem }: { page: ModerationPage; problem?: string | undefined }) {
  const busy = useNavigation().state === "submitting";
  return (
    <div className="flex flex-col gap-4 rounded-card border-[1.5px] border-line bg-sheet p-5">
      <p className="font-display text-xl leading-tight font-bold">{stateWords(page)}</p>
      <p className="text-[0.9375rem] leading-relaxed text-soft">
        {sizeWords(page)}. {page.held ? "They are out of the public tally." : "They count in the public tally."}
      </p>
      <Decided page={page} />
      {problem ? (
        <Notice tone="danger" alert>
          {problem}
        </Notice>
      ) : null}
      <Form method="post" className="flex flex-col gap-3">
        <Field label="Note for the log" name="note" maxLength={500} />
        <Button tone="danger" name="intent" value="hold" disabled={busy}>
          {page.held ? "Keep holding these votes" : "Hold these votes"}
        </Button>
        <Button tone="marker" name="intent" value="release" disabled={busy}>
          {page.held ? "Release: let them count" : "Leave them counting"}
        </Button>
      </Form>
    </div>
  );
}

function Decided({ page }: { page: ModerationPage }) {
  if (page.decidedAt === null) return null;
  const { date, time } = wallClock(page.decidedAt, "UTC");
  return (
    <p className="wrap-title text-[0.9375rem] leading-relaxed">
      Decided{page.decidedBy ? ` by ${page.decidedBy}` : ""} on{" "}
      <time dateTime={page.decidedAt}>
        {date} at {time} UTC
      </time>
      {page.note ? `: “${page.note}”` : "."}
    </p>
  );
}
