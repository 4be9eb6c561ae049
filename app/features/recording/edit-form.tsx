import { Form } from "@remix-run/react";
import type { FormEvent, ReactNode } from "react";
import type { DraftEdit } from "#server/domain/setlists/draft.ts";
import { readEdit } from "./read-edit.ts";

/** How edits of the page go out: with scripts to the draft on the page, without by the form itself. */
export interface SendEdit {
  version: string | null;
  action: string;
  edit: (edit: DraftEdit) => void;
}

interface EditFormProps {
  send: SendEdit;
  className?: string;
  /** What the form is for, where it is no edit, and what is done in its place on the page. */
  intent?: { name: string; instead: () => void };
  children: ReactNode;
}

/** A form whose buttons, named "edit", are edits of the setlist, or that has one intent. */
export function EditForm({ send, className, intent, children }: EditFormProps) {
  return (
    <Form method="post" action={send.action} preventScrollReset className={className} onSubmit={(event) => instead(event, send.edit, intent)}>
      <input type="hidden" name="version" value={send.version ?? ""} />
      {intent ? <input type="hidden" name="intent" value={intent.name} /> : null}
      {children}
    </Form>
  );
}

function instead(event: FormEvent<HTMLFormElement>, edit: SendEdit["edit"], intent: EditFormProps["intent"]): void {
  event.preventDefault();
  if (intent) return intent.instead();
  const { submitter } = event.nativeEvent as SubmitEvent;
  const asked = readEdit(new FormData(event.currentTarget, submitter));
  if (asked) edit(asked);
}
