import { Form, Link, useFetcher } from "@remix-run/react";
import { ADDITIONS_PER_SHOW } from "#server/domain/voting.ts";
import type { KeyboardEvent } from "react";
import { useEffect, useRef, useState } from "react";
import type { Allowance, FoundSong } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { SongFound } from "./song-found.tsx";

interface Search {
  query: string | null;
  found: FoundSong[] | null;
}

interface AddSongProps extends Search {
  slug: string;
  artist: string;
  allowance: Allowance | null;
}

/** How long typing must rest before a search, in ms. */
const REST_MS = 200;

/** Finds a song of the artist's catalogue for the ballot; a plain GET form without scripts. */
export function AddSong({ slug, artist, allowance, query, found }: AddSongProps) {
  const fetcher = useFetcher<Search>({ key: `add-${slug}` });
  const [typed, setTyped] = useState(query ?? "");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function search(value: string) {
    setTyped(value);
    clearTimeout(timer.current);
    const url = `/shows/${slug}?add=${encodeURIComponent(value.trim())}`;
    timer.current = setTimeout(() => fetcher.load(url), REST_MS);
  }

  const shown = typed.trim() === "" ? null : (fetcher.data?.found ?? found);
  return (
    <section
      aria-labelledby="add-song"
      className="rounded-card border-[1.5px] border-line bg-sheet p-5 sm:p-6"
    >
      <h2 id="add-song" className="text-2xl leading-tight font-extrabold tracking-tight">
        Missing a song?
      </h2>
      <p className="wrap-title mt-1 mb-4 text-soft">
        Add it from the catalogue of <bdi>{artist}</bdi>. {additions(allowance)}
      </p>
      <div role="presentation" onKeyDown={walk}>
        <Form
          method="get"
          action={`/shows/${slug}#add-song`}
          preventScrollReset
          role="search"
          className="flex items-end gap-2"
        >
          <Field
            label="Song title"
            name="add"
            type="search"
            maxLength={100}
            autoComplete="off"
            className="grow"
            value={typed}
            onChange={(event) => search(event.currentTarget.value)}
          />
          <Button tone="outline" className="min-h-12">
            Search
          </Button>
        </Form>
        <Results slug={slug} found={shown} typed={typed} signedIn={allowance !== null} />
      </div>
    </section>
  );
}

function additions(allowance: Allowance | null): string {
  if (!allowance) return `Each fan can add ${ADDITIONS_PER_SHOW}.`;
  if (allowance.additions === 0) return "You have added as many as one fan can.";
  return `You can add ${allowance.additions} more.`;
}

interface ResultsProps {
  slug: string;
  found: FoundSong[] | null;
  typed: string;
  signedIn: boolean;
}

function Results({ slug, found, typed, signedIn }: ResultsProps) {
  return (
    <div className="mt-3">
      <p role="status" className="text-[0.9375rem] text-soft">
        {found ? countWords(found.length, typed.trim()) : ""}
      </p>
      {found && found.length > 0 ? (
        <ul className="mt-1 divide-y divide-line">
          {found.map((song) => (
            <SongFound key={song.id} song={song} slug={slug} signedIn={signedIn} />
          ))}
        </ul>
      ) : null}
      {found && !signedIn ? (
        <p className="mt-3">
          <Link to={`/sign-in?next=${encodeURIComponent(`/shows/${slug}`)}`} className="pen-link">
            Sign in to add a song
          </Link>
        </p>
      ) : null}
    </div>
  );
}

function countWords(count: number, typed: string): string {
  if (count === 0) return `Nothing in the catalogue matches “${typed}”.`;
  return count === 1 ? "One song found." : `${count} songs found.`;
}

/** Up and down walk through the field and its results. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = [
    ...event.currentTarget.querySelectorAll<HTMLElement>("input[type=search], [data-result]"),
  ];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  const next = stops[at + step];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
