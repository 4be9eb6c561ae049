import { useState, type FormEvent, type KeyboardEvent } from "react";
import { fold } from "#server/domain/fold.ts";

export interface Song {
  id: number;
  title: string;
}

interface Choice {
  catalogue: readonly Song[];
  /** Songs that are in the setlist already: they are offered last. */
  played: ReadonlySet<number>;
  typedBefore: string;
}

const MOST_OFFERED = 8;

/** What is typed for the next song, what is offered for it, and which of that the keys have come to (-1 for none). */
export function useSongChoice({ catalogue, played, typedBefore }: Choice, onAdd: (title: string, songId: number | null) => void) {
  const [typed, setTyped] = useState(typedBefore);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const offered = isOpen ? offeredOf(typed, catalogue, played) : [];
  const open = () => setOpen(true);
  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const type = (text: string) => {
    setTyped(text);
    setOpen(true);
    setActive(-1);
  };
  const add = (title: string, songId: number | null) => {
    onAdd(title, songId);
    setTyped("");
    setActive(-1);
  };
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    const song = offered[active] ?? sameTitle(typed, catalogue);
    if (song) add(song.title, song.id);
    else if (typed.trim() !== "") add(typed.trim(), null);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") return close();
    // The form by itself would ask for a title to be typed.
    if (event.key === "Enter" && offered[active] && !event.nativeEvent.isComposing) return submit(event);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    if (!isOpen) return open();
    setActive((now) => (now + step + offered.length + 1 + 1) % (offered.length + 1) - 1);
  };
  return { typed, isOpen, offered, active, open, close, type, add, submit, press };
}

function sameTitle(typed: string, catalogue: readonly Song[]): Song | undefined {
  const folded = fold(typed.trim());
  return catalogue.find(({ title }) => fold(title) === folded);
}

/** Songs with what was typed in their titles, those that begin with it first; before anything is typed the likeliest. */
function offeredOf(typed: string, catalogue: readonly Song[], played: ReadonlySet<number>): Song[] {
  const folded = fold(typed.trim());
  const found = folded === "" ? catalogue.filter(({ id }) => !played.has(id)) : catalogue.filter(({ title }) => fold(title).includes(folded));
  const rank = ({ id, title }: Song) => (played.has(id) ? 2 : 0) + (fold(title).startsWith(folded) ? 0 : 1);
  return found.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_OFFERED);
}
