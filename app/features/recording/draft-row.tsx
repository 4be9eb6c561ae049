import { ArrowDown, ArrowUp, GripVertical, X } from "lucide-react";
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { inMedley, lineName, type Draft, type DraftLine } from "#server/domain/setlists/draft.ts";
import { useHydrated } from "../../ui/hydrated.ts";
import { EditForm, type SendEdit } from "./edit-form.tsx";
import { saidOf } from "./recording-words.ts";
import { BreakDetails, SongDetails } from "./line-details.tsx";
import type { useDrag } from "./use-drag.ts";

interface DraftRowProps {
  line: DraftLine;
  at: number;
  draft: Draft;
  /** Of the song among those that were played. */
  place: number | null;
  /** Whether it matches no song of the catalogue. */
  isUnknown: boolean;
  send: SendEdit;
  handle: ReturnType<ReturnType<typeof useDrag>>;
}

const SQUARE = "grid size-12 shrink-0 place-items-center rounded-xl text-soft hover:bg-well hover:text-ink disabled:opacity-30";

/** One line of the setlist: what it is, where it goes, and what can be said of it. */
export function DraftRow({ line, at, draft, place, isUnknown, send, handle }: DraftRowProps) {
  const name = lineName(line);
  const hydrated = useHydrated();
  return (
    <li data-line className={`border-b border-line ${line.kind === "set" ? "bg-sheet" : ""}`}>
      <EditForm send={send} className="flex items-center gap-0.5">
        {hydrated ? (
          <Square label={`Move ${name}`} data-handle type="button" aria-describedby="move-hint" className="cursor-grab touch-none active:cursor-grabbing" {...handle}>
            <GripVertical aria-hidden size={20} />
          </Square>
        ) : (
          <Arrows name={name} at={at} last={draft.length - 1} />
        )}
        {line.kind === "song" ? <SongWords line={line} place={place} isUnknown={isUnknown} medley={inMedley(draft, at)} /> : <p className="grow py-3 font-display text-xl font-bold">{name}</p>}
        <Square label={`Remove ${name}`} name="edit" value={`remove ${at}`}>
          <X aria-hidden size={20} />
        </Square>
      </EditForm>
      <details className="group ps-12">
        <summary className="-mt-2 inline-flex min-h-11 list-none items-center pe-4 text-sm font-semibold text-soft hover:text-ink [&::-webkit-details-marker]:hidden">
          <span className="underline decoration-line underline-offset-4">{line.kind === "song" ? "More" : "Name"}</span>
          <span className="sr-only"> about {name}</span>
        </summary>
        {line.kind === "song" ? <SongDetails line={line} at={at} draft={draft} send={send} /> : <BreakDetails line={line} at={at} send={send} />}
        {hydrated ? (
          <EditForm send={send} className="flex pb-3">
            <Arrows name={name} at={at} last={draft.length - 1} />
          </EditForm>
        ) : null}
      </details>
    </li>
  );
}

function SongWords({ line, place, isUnknown, medley }: { line: Extract<DraftLine, { kind: "song" }>; place: number | null; isUnknown: boolean; medley: boolean }) {
  const said = saidOf(line);
  return (
    <div className="min-w-0 grow py-3">
      <p className="flex gap-3 text-[1.0625rem] leading-snug font-semibold">
        <span aria-hidden className="w-6 shrink-0 text-end font-display font-bold text-soft tabular-nums">
          {place}
        </span>
        <bdi className="wrap-title min-w-0">{line.title}</bdi>
      </p>
      {said || isUnknown || medley ? (
        <p className="wrap-title ps-9 text-[0.9375rem] leading-snug text-soft">
          {[medley ? "medley with the song before" : "", said, isUnknown ? "not in the catalogue" : ""].filter((one) => one !== "").join(" · ")}
        </p>
      ) : null}
    </div>
  );
}

function Arrows({ name, at, last }: { name: string; at: number; last: number }) {
  return (
    <span className="flex shrink-0">
      <Square label={`Move ${name} up`} data-step="-1" name="edit" value={`move ${at} ${at - 1}`} disabled={at === 0}>
        <ArrowUp aria-hidden size={20} />
      </Square>
      <Square label={`Move ${name} down`} data-step="1" name="edit" value={`move ${at} ${at + 1}`} disabled={at === last}>
        <ArrowDown aria-hidden size={20} />
      </Square>
    </span>
  );
}

function Square({ label, className = "", children, ...button }: ButtonHTMLAttributes<HTMLButtonElement> & { label: string; children: ReactNode; "data-step"?: string }) {
  return (
    <button aria-label={label} className={`${SQUARE} ${className}`} {...button}>
      {children}
    </button>
  );
}
