import { Form } from "@remix-run/react";
import { useId } from "react";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Summary } from "../../ui/summary.tsx";

interface SetlistFileProps {
  version: string | null;
  action: string;
  /** What is wrong with the one that was sent. */
  lines: string[] | null;
  /** What was pasted and not taken. */
  pasted: string;
}

/** The setlist of this one show as a table or as JSON, pasted or as a file. */
export function SetlistFile({ version, action, lines, pasted }: SetlistFileProps) {
  const id = useId();
  return (
    <details className="group mt-10 border-t border-line pt-4" open={lines !== null}>
      <Summary>Paste it, or send a file</Summary>
      <p className="mt-2 mb-4 text-soft">
        A table (CSV) with a column “title” and, where you like, set, encore, cover_of, guest, tape, segue, medley and note; or a JSON list with the same names. It takes the place of what is written down here.
      </p>
      {lines === null ? null : (
        <div className="mb-4">
          <Notice tone="danger" alert title="Nothing was changed">
            <ul className="list-disc ps-5">
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
      <Form method="post" action={action} encType="multipart/form-data" reloadDocument className="space-y-4">
        <input type="hidden" name="version" value={version ?? ""} />
        <div>
          <label htmlFor={id} className="mb-1.5 block text-sm font-semibold">
            Table or JSON
          </label>
          <textarea id={id} name="pasted" defaultValue={pasted} rows={6} spellCheck={false} placeholder={"title,encore,cover_of\nDawn,,\nDusk,1,"} className="block w-full rounded-xl border-[1.5px] border-edge bg-sheet p-3.5 font-mono text-[0.9375rem] placeholder:text-soft hover:border-ink" />
        </div>
        <Field label="Or a file" name="file" type="file" accept=".csv,.json,text/csv,application/json" hint="CSV or JSON, in UTF-8, at most 60 kB." className="[&_input]:py-2.5" />
        <Button tone="outline" name="intent" value="import">
          Take it over
        </Button>
      </Form>
    </details>
  );
}
