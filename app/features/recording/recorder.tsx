import { Form } from "@remix-run/react";
import { useRef } from "react";
import type { DraftLine } from "#server/domain/setlists/draft.ts";
import type { RecordingPage } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { useHydrated } from "../../ui/hydrated.ts";
import { Notice } from "../../ui/notice.tsx";
import { Summary } from "../../ui/summary.tsx";
import { DraftList } from "./draft-list.tsx";
import { EditForm, type SendEdit } from "./edit-form.tsx";
import type { Refusal } from "./saved.ts";
import { SetlistFile } from "./setlist-file.tsx";
import { SetlistNote } from "./setlist-note.tsx";
import { Conflict, SaveLine } from "./save-line.tsx";
import { SongPicker } from "./song-picker.tsx";
import { useLineFocus, withFocus } from "./use-line-focus.ts";
import { useRecording, type Recording } from "./use-recording.ts";

interface RecorderProps {
  page: RecordingPage;
  /** Where forms go. */
  action: string;
  /** What a plain form has just removed. */
  removed: { at: number; line: DraftLine } | null;
  /** Why a plain form was refused. */
  refusal: Refusal | null;
}

/** Where a setlist is written down: the next song above, what was played below. */
export function Recorder({ page, action, removed, refusal }: RecorderProps) {
  const written = useRecording(page, action);
  const { draft, finished, version } = written;
  const whole = useRef<HTMLDivElement>(null);
  const recording = withFocus(written, useLineFocus(whole));
  const { edit } = recording;
  const send: SendEdit = { version, action, edit };
  const hydrated = useHydrated();
  const played = new Set(draft.flatMap((line) => (line.kind === "song" ? (line.songId ?? []) : [])));
  return (
    <>
      <Conflict recording={recording} />
      {page.voting.open && draft.length === 0 ? <Notice tone="marker">Voting is still open. The first song that you write down closes it for good.</Notice> : null}
      <div ref={whole} className="mt-6 max-w-3xl">
        <SongPicker catalogue={page.catalogue} played={played} version={version} action={action} typedBefore={refusal?.typed?.title ?? ""} onAdd={(title, songId) => edit({ do: "add", title, songId })} />
        {hydrated ? <Breaks send={send} /> : null}
        <SaveLine recording={{ ...recording, removed: recording.removed ?? (hydrated ? null : removed) }} send={send} />
        <p id="move-hint" className="sr-only">
          Drag it, or press the arrow keys up and down.
        </p>
        <DraftList draft={draft} unmatched={recording.unmatched} send={send} onMove={recording.drag} onDrop={recording.dropped} />
        <p role="status" className="sr-only">
          {recording.told}
        </p>
        <Ending recording={recording} send={send} />
        <SetlistNote note={recording.note} version={version} action={action} onWrite={(note) => recording.write({ note })} />
        {draft.length === 0 && !finished ? <Others page={page} action={action} version={version} /> : null}
        <SetlistFile version={version} action={action} lines={refusal?.lines ?? null} pasted={refusal?.typed?.pasted ?? ""} />
        {version === null ? null : <Removal action={action} version={version} onSubmit={recording.dropUnsaved} others={page.others.length > 0} />}
      </div>
    </>
  );
}

function Breaks({ send }: { send: SendEdit }) {
  return (
    <EditForm send={send} className="mt-3 flex gap-2">
      <Button name="edit" value="set" tone="outline">
        Set break
      </Button>
      <Button name="edit" value="encore" tone="outline">
        Encore
      </Button>
    </EditForm>
  );
}

interface EndingProps {
  recording: Recording;
  send: SendEdit;
}

/** Says that nothing more is to come, or that there is more after all. */
function Ending({ recording: { draft, finished, write }, send }: EndingProps) {
  if (draft.length === 0) return null;
  return (
    <EditForm send={send} intent={{ name: finished ? "reopen" : "finish", instead: () => write({ finished: !finished }) }} className="mt-6">
      <Button tone={finished ? "outline" : "marker"} className="min-h-14 w-full sm:w-auto">
        {finished ? "There was more after all" : "That's all: the show is over"}
      </Button>
      <p className="mt-2 text-[0.9375rem] text-soft">{finished ? "It is final, and everyone is scored by it. It can still be changed." : "Then the setlist is final and everyone is scored."}</p>
    </EditForm>
  );
}

/** Begins with what a provider has. */
function Others({ page, action, version }: { page: RecordingPage; action: string; version: string | null }) {
  const [first] = page.others.filter(({ sets }) => sets.length > 0);
  if (!first) return null;
  return (
    <Form method="post" action={action} className="mt-6">
      <input type="hidden" name="version" value={version ?? ""} />
      <input type="hidden" name="from" value={first.id} />
      <Button tone="outline" name="intent" value="take">
        Begin with the setlist of {first.source}
      </Button>
    </Form>
  );
}

/** Takes back all that was written down here. */
function Removal({ action, version, others, onSubmit }: { action: string; version: string; others: boolean; onSubmit: () => void }) {
  return (
    <details className="group mt-4">
      <Summary>Remove it</Summary>
      <p className="mt-2 mb-3 text-soft">All that is written down here goes{others ? ", and what the source has counts again" : ""}. Voting stays closed where it was closed by it.</p>
      <Form method="post" action={action} onSubmit={onSubmit}>
        <input type="hidden" name="version" value={version} />
        <Button tone="danger" name="intent" value="clear">
          Remove the whole setlist
        </Button>
      </Form>
    </details>
  );
}
