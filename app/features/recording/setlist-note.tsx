import { Form } from "@remix-run/react";
import { useId, type FormEvent } from "react";
import { Button } from "../../ui/button.tsx";
import { useHydrated } from "../../ui/hydrated.ts";
import { Summary } from "../../ui/summary.tsx";

interface SetlistNoteProps {
  note: string | null;
  version: string | null;
  action: string;
  onWrite: (note: string | null) => void;
}

/** What is said of the whole setlist. */
export function SetlistNote({ note, version, action, onWrite }: SetlistNoteProps) {
  const hydrated = useHydrated();
  const id = useId();
  const write = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget).get("note");
    onWrite((typeof said === "string" && said.trim().replaceAll("\r\n", "\n")) || null);
  };
  return (
    <details className="group mt-6" open={note !== null}>
      <Summary>A note on the show</Summary>
      <Form method="post" action={action} onSubmit={hydrated ? write : undefined} className="mt-2">
        <input type="hidden" name="version" value={version ?? ""} />
        <label htmlFor={id} className="mb-1.5 block text-sm font-semibold">
          Note
        </label>
        <textarea id={id} name="note" key={note} defaultValue={note ?? ""} maxLength={2_000} rows={3} dir="auto" className="block w-full rounded-xl border-[1.5px] border-edge bg-sheet p-3.5 text-base hover:border-ink" />
        <Button tone="outline" name="intent" value="note" className="mt-2">
          Keep the note
        </Button>
      </Form>
    </details>
  );
}
