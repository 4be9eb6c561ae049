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
  children: ReactNode;
}

/** A form whose buttons, named "edit", are edits of the setlist. */
export function EditForm({ send, className, children }: EditFormProps) {
  return (
    <Form method="post" action={send.action} preventScrollReset className={className} onSubmit={(event) => instead(event, send.edit)}>
      <input type="hidden" name="version" value={send.version ?? ""} />
      {children}
    </Form>
  );
}

function instead(event: FormEvent<HTMLFormElement>, edit: SendEdit["edit"]): void {
  event.preventDefault();
  const { submitter } = event.nativeEvent as SubmitEvent;
  const asked = readEdit(new FormData(event.currentTarget, submitter));
  if (asked) edit(asked);
}
