import { Form } from "@remix-run/react";
import type { FormEvent } from "react";
import { Button } from "../../ui/button.tsx";
import { Key } from "../../ui/keys-help.tsx";
import { didWords, leftWords, matchPath, type Did, type Kind } from "./match-words.ts";

interface DidLineProps {
  did: Did | null;
  left: number;
  kind: Kind | undefined;
  /** The match whose decision can be taken back. */
  undoable: number | null;
  /** What is shown now, for those who hear the page. */
  next?: string | undefined;
  busy?: boolean;
  onUndo?: (event: FormEvent<HTMLFormElement>) => void;
}

/** What became of the last match, read out as soon as it is there, and how to take it back. */
export function DidLine({ did, left, kind, undoable, next, busy = false, onUndo }: DidLineProps) {
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1">
      <p role="status" className="wrap-title min-w-0 text-[0.9375rem]">
        {did ? <span className="font-semibold">{didWords(did)} </span> : null}
        <span className="tabular-nums">{leftWords(left)}</span>
        {did && next ? <span className="sr-only"> Next: {next}</span> : null}
      </p>
      {undoable === null ? null : (
        <Form method="post" action={matchPath(undoable, undefined)} onSubmit={onUndo}>
          {kind ? <input type="hidden" name="kind" value={kind} /> : null}
          <Button tone="quiet" name="intent" value="reopen" aria-disabled={busy} aria-keyshortcuts="U" className="border-[1.5px] border-edge">
            Undo last <Key>U</Key>
          </Button>
        </Form>
      )}
    </div>
  );
}
