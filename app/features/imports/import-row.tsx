import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { ImportProgress } from "../../http/answers.ts";
import { Chip } from "../../ui/chip.tsx";
import { wallClock } from "../shows/when.ts";
import { numberWords, standTone, standWords } from "./import-words.ts";

/** An import on one line of a list. */
export function ImportRow({ one, children }: { one: ImportProgress; children?: ReactNode }) {
  const { date, time } = wallClock(one.askedAt, "UTC");
  return (
    <li className="flex flex-col gap-2 border-b border-line py-4 sm:px-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Link to={`/imports/${one.id}`} dir="auto" className="wrap-title py-1 font-display text-xl leading-tight font-bold underline-offset-4 hover:underline">
          {one.name}
        </Link>
        <Chip tone={standTone(one)}>{standWords(one)}</Chip>
      </div>
      <p className="text-[0.9375rem] text-soft tabular-nums">
        {countWords(one)}asked{" "}
        <time dateTime={one.askedAt}>
          {date} {time} UTC
        </time>
      </p>
      {children}
    </li>
  );
}

function countWords({ counts: { songs, shows, setlists } }: ImportProgress): string {
  if (songs.read + shows.read + setlists.read === 0) return "";
  return `${many(songs.read, "song")}, ${many(shows.read, "show")}, ${many(setlists.read, "setlist")}, `;
}

function many(count: number, noun: string): string {
  return `${numberWords(count)} ${noun}${count === 1 ? "" : "s"}`;
}
