import { Link, useLocation } from "@remix-run/react";
import { songsInDraft } from "#server/domain/setlists/draft.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { lineName } from "#server/domain/setlists/draft.ts";
import { EditForm, type SendEdit } from "./edit-form.tsx";
import { countSongs } from "./recording-words.ts";
import type { Recording } from "./use-recording.ts";

/** Whether what is on the page is saved, and what to do where it is not. */
export function SaveLine({ recording, send }: { recording: Recording; send: SendEdit }) {
  const { save, problem, removed, broughtBackOver, leaveOut, again } = recording;
  return (
    <div className="my-4 flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p role="status" className={`text-[0.9375rem] ${save === "saved" ? "text-live" : "text-soft"}`}>
        {wordsOf(recording)}
      </p>
      {removed ? (
        <EditForm send={send}>
          <input type="hidden" name="line" value={JSON.stringify(removed.line)} />
          <Button tone="outline" name="edit" value={`insert ${removed.at}`}>
            Undo: bring <bdi>{lineName(removed.line)}</bdi> back
          </Button>
        </EditForm>
      ) : null}
      {broughtBackOver ? (
        <div className="w-full">
          <Notice tone="marker" alert>
            <p>What was not saved when this page was closed is here again.</p>
            <Button type="button" tone="outline" className="mt-3" onClick={leaveOut}>
              Go back to what was saved
            </Button>
          </Notice>
        </div>
      ) : null}
      {problem ? (
        <div className="w-full">
          <Notice tone="danger" alert>
            {problem.reason === "signed_out" ? <SignedOut again={again} /> : `${problem.message} Nothing is lost: change it, and it is saved again.`}
          </Notice>
        </div>
      ) : null}
    </div>
  );
}

function SignedOut({ again }: { again: () => void }) {
  const { pathname } = useLocation();
  return (
    <>
      <p>
        You are signed out, so nothing is saved. What you wrote stays on this device: <Link to={`/sign-in?next=${encodeURIComponent(pathname)}`} className="pen-link">sign in</Link>, and it is here again.
      </p>
      <Button type="button" tone="outline" className="mt-3" onClick={again}>
        I have signed in elsewhere: save it
      </Button>
    </>
  );
}

function wordsOf({ save, draft, finished, rest }: Recording): string {
  const count = countSongs(songsInDraft(draft));
  switch (save) {
    case "saved":
      return draft.length === 0 ? "Nothing is written down yet." : `Saved: ${count}${finished ? ", and that is all." : "."}`;
    case "saving":
      return "Saving …";
    case "resting":
      return `Not saved: ${restWords(rest)} It is tried again by itself; keep this page open.`;
    case "refused":
      return "Not saved.";
    case "conflict":
      return "Not saved: somebody else was first.";
  }
}

function restWords(rest: Recording["rest"]): string {
  if (rest?.reason === "unreachable") return "the site can't be reached.";
  return rest?.reason === "broken" ? "the site has a problem just now." : "the site is too busy just now.";
}

/** Two wrote at once: nothing is overwritten until one of them says so. */
export function Conflict({ recording }: { recording: Recording }) {
  const { theirs, settle } = recording;
  if (theirs === null) return null;
  const who = theirs.recorded?.by ?? "Somebody";
  const count = theirs.recorded?.setlist.sets.flatMap(({ songs }) => songs).filter(({ tape }) => !tape).length ?? 0;
  return (
    <Notice tone="danger" alert title="Somebody else was first">
      <p>
        <bdi>{who}</bdi> has changed this setlist meanwhile: it has {countSongs(count)} now, yours has {countSongs(songsInDraft(recording.draft))}. What you wrote stays on this page until you choose.
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button type="button" onClick={() => settle("theirs")}>
          Go on with theirs
        </Button>
        <Button type="button" tone="outline" onClick={() => settle("mine")}>
          Replace it with mine
        </Button>
      </div>
    </Notice>
  );
}
