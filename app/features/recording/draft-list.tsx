import { useRef } from "react";
import { songsInDraft, type Draft } from "#server/domain/setlists/draft.ts";
import { DraftRow } from "./draft-row.tsx";
import { useDrag } from "./use-drag.ts";
import type { SendEdit } from "./edit-form.tsx";

interface DraftListProps {
  draft: Draft;
  unmatched: readonly string[];
  send: SendEdit;
  onMove: (at: number, to: number) => void;
  onDrop: () => void;
}

/** The setlist in order, to be moved about. */
export function DraftList({ draft, unmatched, send, onMove, onDrop }: DraftListProps) {
  const list = useRef<HTMLOListElement>(null);
  const handleOf = useDrag({ list, count: draft.length, onMove, onDrop });
  if (draft.length === 0) return <p className="border-y border-line py-6 text-soft">Nothing yet. The first song goes in above.</p>;
  return (
    <ol ref={list} className="border-t-2 border-ink">
      {draft.map((line, i) => (
        <DraftRow
          key={line.key}
          line={line}
          at={i}
          draft={draft}
          place={line.kind === "song" && !line.tape ? songsInDraft(draft.slice(0, i + 1)) : null}
          isUnknown={line.kind === "song" && line.songId === null && !line.tape && unmatched.includes(line.title)}
          send={send}
          handle={handleOf(i)}
        />
      ))}
    </ol>
  );
}
