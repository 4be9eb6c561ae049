import { Form, Link } from "@remix-run/react";
import type { FormEvent } from "react";
import type { ReviewedMatch } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { Key } from "../../ui/keys-help.tsx";
import { Summary } from "../../ui/summary.tsx";
import { matchPath, type Kind } from "./match-words.ts";

interface DecisionBarProps {
  match: ReviewedMatch;
  kind: Kind | undefined;
  busy: boolean;
  onDecide: (event: FormEvent<HTMLFormElement>) => void;
  onSkip: () => void;
}

/** The form by which one match is decided; `name` is what keys press. */
export function DecisionBar({ match, kind, busy, onDecide, onSkip }: DecisionBarProps) {
  const waits = match.status === "review";
  return (
    <Form method="post" action={matchPath(match.id, undefined)} onSubmit={onDecide} id={DECISION}>
      {kind ? <input type="hidden" name="kind" value={kind} /> : null}
      <div className="flex gap-2 lg:flex-col">
        {waits ? (
          <>
            <Button name="intent" value="approve" aria-disabled={busy} aria-keyshortcuts="A" className="grow px-4 max-lg:min-h-12">
              <span>
                Approve<span className="max-sm:sr-only">: one {match.kind}</span>
              </span>
              <Key>A</Key>
            </Button>
            <Button name="intent" value="reject" tone="danger" aria-disabled={busy} aria-keyshortcuts="R" className="grow px-4 max-lg:min-h-12">
              <span>
                Reject<span className="max-sm:sr-only">: two {match.kind}s</span>
              </span>
              <Key>R</Key>
            </Button>
          </>
        ) : (
          <Button name="intent" value="reopen" tone="outline" aria-disabled={busy} className="grow">
            {match.status === "automatic" ? `They are two ${match.kind}s: undo` : "Take this decision back"}
          </Button>
        )}
        {match.next === null ? null : (
          <Button asChild tone="outline" className="px-4 max-lg:min-h-12">
            <Link
              to={matchPath(match.next, kind)}
              aria-keyshortcuts="S ArrowRight"
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                onSkip();
              }}
            >
              {waits ? "Skip" : "Next to review"} <Key>S</Key>
            </Link>
          </Button>
        )}
      </div>
    </Form>
  );
}

const DECISION = "decision";

/** What the form says but for the button: which one stays, where that was chosen. */
export function decisionFields(): Record<string, string> {
  const form = document.getElementById(DECISION);
  return form instanceof HTMLFormElement ? (Object.fromEntries(new FormData(form)) as Record<string, string>) : {};
}

/** Which of two of ours stays under its address; a part of the form wherever it stands. */
export function Staying({ match: { subject, other, status, sides } }: { match: ReviewedMatch }) {
  if (status !== "review" || sides.length < 2 || other.id === null) return null;
  return (
    <details className="group text-[0.9375rem]">
      <Summary>Which one stays</Summary>
      <fieldset className="flex flex-col">
        <legend className="sr-only">Which one stays</legend>
        <Choice value="" label="The one with more votes" checked />
        {[subject, other].map(({ id, name }) => (
          <Choice key={id} value={String(id)} label={`${name}, number ${id}`} />
        ))}
      </fieldset>
    </details>
  );
}

function Choice({ value, label, checked }: { value: string; label: string; checked?: boolean }) {
  return (
    <label className="flex min-h-11 items-center gap-2.5">
      <input form={DECISION} type="radio" name="keep" value={value} defaultChecked={checked} className="size-5 shrink-0" />
      <span dir="auto" className="wrap-title">
        {label}
      </span>
    </label>
  );
}
