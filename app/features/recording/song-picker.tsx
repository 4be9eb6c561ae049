import { Form } from "@remix-run/react";
import { Plus } from "lucide-react";
import { useId, useRef, type FormEvent } from "react";
import { Button } from "../../ui/button.tsx";
import { useHydrated } from "../../ui/hydrated.ts";
import { useSongChoice, type Song } from "./use-song-choice.ts";

interface SongPickerProps {
  catalogue: readonly Song[];
  /** Songs that are in the setlist already: they are offered last. */
  played: ReadonlySet<number>;
  version: string | null;
  action: string;
  /** What a plain form held that was refused. */
  typedBefore: string;
  onAdd: (title: string, songId: number | null) => void;
}

/** Adds a song by its title: a combobox over the catalogue that takes any other title too; a plain form without scripts. */
export function SongPicker({ catalogue, played, version, action, typedBefore, onAdd }: SongPickerProps) {
  const hydrated = useHydrated();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const choice = useSongChoice({ catalogue, played, typedBefore }, (title, songId) => {
    onAdd(title, songId);
    field.current?.focus();
  });
  const { typed, offered, active } = choice;
  return (
    <Form method="post" action={action} onSubmit={hydrated ? choice.submit : undefined} className="relative" id="add">
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
          defaultValue={hydrated ? undefined : typedBefore}
          className="block min-h-14 w-full min-w-0 rounded-xl border-[1.5px] border-edge bg-sheet px-3.5 text-lg text-ink placeholder:text-soft hover:border-ink"
          {...(hydrated && {
            role: "combobox",
            value: typed,
            "aria-expanded": offered.length > 0,
            "aria-controls": `${id}-songs`,
            "aria-autocomplete": "list" as const,
            "aria-activedescendant": offered[active] ? `${id}-${active}` : undefined,
            onChange: (event: FormEvent<HTMLInputElement>) => choice.type(event.currentTarget.value),
            onFocus: choice.open,
            onClick: choice.open,
            onBlur: choice.close,
            onKeyDown: choice.press,
          })}
        />
        {hydrated ? null : <Begins />}
        <Button aria-label="Add this song" className="min-h-14 min-w-14 shrink-0 px-4">
          <Plus aria-hidden size={24} />
        </Button>
      </div>
      {hydrated ? <Offered id={id} songs={offered} active={active} played={played} onChoose={choice.add} /> : null}
      <p role="status" className="sr-only">
        {choice.isOpen && typed.trim() !== "" ? foundWords(offered.length) : ""}
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
