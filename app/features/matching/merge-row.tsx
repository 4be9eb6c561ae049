import { Form, Link, useNavigation } from "@remix-run/react";
import type { MergeSummary } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { wallClock } from "../shows/when.ts";
import { Summary } from "../../ui/summary.tsx";

/** A merge on one line, and below it what comes back where it is undone. `action`: the page that undoes it. */
export function MergeRow({ merge, action }: { merge: MergeSummary; action: string }) {
  const { id, kind, from, into, at, by, undoneAt, undoneBy } = merge;
  return (
    <li className="flex flex-col gap-1 border-b border-line py-4 sm:px-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p dir="auto" className="wrap-title text-start font-display text-xl leading-tight font-bold">
          {from.name} <span className="font-sans text-base font-normal text-soft">became</span> {into.name}
        </p>
        <Chip>{kind}</Chip>
        {undoneAt ? <Chip tone="danger">undone</Chip> : null}
      </div>
      <p className="text-[0.9375rem] text-soft">
        Merge {id}: {kind} {from.id} became <RecordLink kind={kind} id={into.id} />, {by ? `by ${by}` : "without asking"}, <When at={at} />
        {undoneAt ? (
          <>
            ; undone{undoneBy ? ` by ${undoneBy}` : ""}, <When at={undoneAt} />
          </>
        ) : null}
      </p>
      {undoneAt ? null : <Undo merge={merge} action={action} />}
    </li>
  );
}

function RecordLink({ kind, id }: { kind: MergeSummary["kind"]; id: number }) {
  if (kind !== "artist" && kind !== "venue") return <>{`${kind} ${id}`}</>;
  return (
    <Link to={`/moderation/${kind}s/${id}`} className="pen-link">
      {kind} {id}
    </Link>
  );
}

function When({ at }: { at: string }) {
  const { date, time } = wallClock(at, "UTC");
  return (
    <time dateTime={at}>
      {date} {time} UTC
    </time>
  );
}

function Undo({ merge: { id, from, into, brings }, action }: { merge: MergeSummary; action: string }) {
  const busy = useNavigation().state === "submitting";
  return (
    <details className="group">
      <Summary>
        Undo <span className="sr-only">the merge of {from.name}</span>
      </Summary>
      <Form method="post" action={action} className="flex flex-col items-start gap-3 pb-2">
        <p dir="auto" className="wrap-title max-w-2xl text-start text-[0.9375rem] leading-relaxed">
          {from.name} comes back under its own address{brings.length > 0 ? `, with ${brings.join(", ")}` : ""}. What has come since stays with {into.name}, and the two are not joined again by themselves.
        </p>
        <input type="hidden" name="id" value={id} />
        <Button tone="danger" name="intent" value="undo-merge" disabled={busy}>
          Undo merge {id}
        </Button>
      </Form>
    </details>
  );
}
