import { Form } from "@remix-run/react";
import { Plus } from "lucide-react";
import { useId, useRef, useState, type FormEvent, type KeyboardEvent } from "react";
import { fold } from "#server/domain/fold.ts";
import { Button } from "../../ui/button.tsx";
import { useHydrated } from "../../ui/hydrated.ts";

interface Song {
  id: number;
  title: string;
}

interface SongPickerProps {
  catalogue: readonly Song[];
  /** Songs that are in the setlist already: they are offered last. */
  played: ReadonlySet<number>;
  version: string | null;
  action: string;
  onAdd: (title: string, songId: number | null) => void;
}

const MOST_OFFERED = 8;

/** Adds a song by its title: a combobox over the catalogue that takes any other title too; a plain form without scripts. */
export function SongPicker({ catalogue, played, version, action, onAdd }: SongPickerProps) {
  const hydrated = useHydrated();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const offered = open ? offeredOf(typed, catalogue, played) : [];
  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const add = (title: string, songId: number | null) => {
    onAdd(title, songId);
    setTyped("");
    setActive(-1);
    field.current?.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const song = offered[active] ?? sameTitle(typed, catalogue);
    if (song) add(song.title, song.id);
    else if (typed.trim() !== "") add(typed.trim(), null);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") return close();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    if (!open) return setOpen(true);
    setActive((now) => (now + step + offered.length + 1 + 1) % (offered.length + 1) - 1);
  };
  return (
    <Form method="post" action={action} onSubmit={hydrated ? submit : undefined} className="relative" id="add">
      <input type="hidden" name="version" value={version ?? ""} />
      <input type="hidden" name="edit" value="add" />
      <label htmlFor={`${id}-title`} className="mb-1.5 block text-sm font-semibold">
        Next song
      </label>
      <div className="flex gap-2">
        <input
          ref={field}
          id={`${id}-title`}
          name="title"
          required
          maxLength={300}
          autoComplete="off"
          autoCapitalize="words"
          enterKeyHint="done"
          className="block min-h-14 w-full min-w-0 rounded-xl border-[1.5px] border-edge bg-sheet px-3.5 text-lg text-ink placeholder:text-soft hover:border-ink"
          {...(hydrated && {
            role: "combobox",
            value: typed,
            "aria-expanded": offered.length > 0,
            "aria-controls": `${id}-songs`,
            "aria-autocomplete": "list" as const,
            "aria-activedescendant": offered[active] ? `${id}-${active}` : undefined,
            onChange: (event: FormEvent<HTMLInputElement>) => {
              setTyped(event.currentTarget.value);
              setOpen(true);
              setActive(-1);
            },
            onFocus: () => setOpen(true),
            onClick: () => setOpen(true),
            onBlur: close,
            onKeyDown: press,
          })}
        />
        {hydrated ? null : <Begins />}
        <Button aria-label="Add this song" className="min-h-14 min-w-14 shrink-0 px-4">
          <Plus aria-hidden size={24} />
        </Button>
      </div>
      {hydrated ? <Offered id={id} songs={offered} active={active} played={played} onChoose={add} /> : null}
      <p role="status" className="sr-only">
        {open && typed.trim() !== "" ? foundWords(offered.length) : ""}
      </p>
    </Form>
  );
}

interface OfferedProps {
  id: string;
  songs: readonly Song[];
  active: number;
  played: ReadonlySet<number>;
  onChoose: (title: string, songId: number) => void;
}

function Offered({ id, songs, active, played, onChoose }: OfferedProps) {
  return (
    <ul id={`${id}-songs`} role="listbox" aria-label="Songs" className={`mt-2 divide-y divide-line overflow-hidden rounded-xl border-[1.5px] border-line bg-sheet ${songs.length > 0 ? "" : "hidden"}`}>
      {songs.map((song, i) => (
        // Keys choose it from the field, which keeps the focus, and with it the keyboard of a phone.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <li
          key={song.id}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === active}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(song.title, song.id)}
          className="flex min-h-12 cursor-pointer items-center justify-between gap-3 px-3.5 py-2 font-semibold hover:bg-well aria-selected:bg-wash"
        >
          <bdi className="wrap-title min-w-0">{song.title}</bdi>
          {played.has(song.id) ? <span className="shrink-0 text-sm font-normal text-soft">played</span> : null}
        </li>
      ))}
    </ul>
  );
}

/** Without scripts a set or an encore begins with its first song. */
function Begins() {
  return (
    <select name="begins" aria-label="Where it is played" className="min-h-14 shrink-0 rounded-xl border-[1.5px] border-edge bg-sheet px-2">
      <option value="">Next</option>
      <option value="set">New set</option>
      <option value="encore">Encore</option>
    </select>
  );
}

function foundWords(count: number): string {
  if (count === 0) return "No song of the catalogue. Enter adds it as you typed it.";
  return count === 1 ? "One song found." : `${count} songs found.`;
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
