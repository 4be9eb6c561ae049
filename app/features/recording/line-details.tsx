import { inMedley, type Draft, type DraftLine } from "#server/domain/setlists/draft.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { EditForm, type SendEdit } from "./edit-form.tsx";

interface SongDetailsProps {
  line: Extract<DraftLine, { kind: "song" }>;
  at: number;
  draft: Draft;
  send: SendEdit;
}

/** What can be said of a song beside its title. */
export function SongDetails({ line, at, draft, send }: SongDetailsProps) {
  const joined = inMedley(draft, at);
  return (
    <EditForm send={send} className="grid gap-4 pe-3 pb-3 sm:grid-cols-2">
      <Field label="Title" name="title" defaultValue={line.title} required maxLength={300} dir="auto" autoComplete="off" />
      <Field label="Cover of" name="coverOf" defaultValue={line.coverOf ?? ""} maxLength={300} dir="auto" autoComplete="off" />
      <Field label="Guest" name="guest" defaultValue={line.guest ?? ""} maxLength={300} dir="auto" autoComplete="off" />
      <Field label="Note" name="note" defaultValue={line.note ?? ""} maxLength={300} dir="auto" autoComplete="off" />
      <div className="flex flex-wrap gap-x-6 sm:col-span-2">
        <Tick name="tape" label="From tape" checked={line.tape} />
        <Tick name="segue" label="Goes into the next song" checked={line.segue} />
      </div>
      <div className="flex flex-wrap gap-2 sm:col-span-2">
        <Button name="edit" value={`change ${at}`}>
          Apply
        </Button>
        {draft[at - 1]?.kind === "song" ? (
          <Button name="edit" value={`medley ${at} ${joined ? 0 : 1}`} tone="outline">
            {joined ? "No medley with the song before" : "Medley with the song before"}
          </Button>
        ) : null}
      </div>
    </EditForm>
  );
}

export function BreakDetails({ line, at, send }: { line: Extract<DraftLine, { kind: "set" }>; at: number; send: SendEdit }) {
  return (
    <EditForm send={send} className="flex flex-wrap items-end gap-2 pe-3 pb-3">
      <Field label="Name of the set" name="name" defaultValue={line.name ?? ""} maxLength={300} dir="auto" autoComplete="off" className="grow" />
      <Button name="edit" value={`change ${at}`} className="min-h-12">
        Apply
      </Button>
    </EditForm>
  );
}

function Tick({ name, label, checked }: { name: string; label: string; checked: boolean }) {
  return (
    <label className="flex min-h-11 items-center gap-2.5">
      <input type="checkbox" name={name} defaultChecked={checked} className="size-5 accent-marker-deep" />
      {label}
    </label>
  );
}
