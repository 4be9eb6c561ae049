import type { ReactNode } from "react";
import type { ActualSetlist } from "../../http/answers.ts";
import { Chip } from "../../ui/chip.tsx";

type Played = ActualSetlist["sets"][number]["songs"][number];

interface PlayedSongProps {
  song: Pick<Played, "title" | "tape" | "coverOf" | "guest" | "note">;
  place: number | null;
  /** Further classes of its row. */
  look?: string;
  /** Stands under what is known of the song. */
  children?: ReactNode;
}

/** One song as it was played; a tape has no place, as nobody played it. */
export function PlayedSong({ song, place, look = "", children }: PlayedSongProps) {
  const { title, tape, coverOf, guest, note } = song;
  return (
    <li className={`flex break-inside-avoid gap-4 border-b border-line py-2.5 ${look}`}>
      <span
        aria-hidden
        className="w-8 shrink-0 text-end font-display text-lg leading-snug font-bold text-soft tabular-nums"
      >
        {place}
      </span>
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[1.0625rem] leading-snug font-semibold">
          <bdi className={`wrap-title min-w-0 ${tape ? "text-soft" : ""}`}>{title}</bdi>
          {tape ? <Chip>From tape</Chip> : null}
        </p>
        {coverOf === null ? null : (
          <Detail>
            <bdi>{coverOf}</bdi> cover
          </Detail>
        )}
        {guest === null ? null : (
          <Detail>
            with <bdi>{guest}</bdi>
          </Detail>
        )}
        {note === null ? null : (
          <Detail>
            <bdi>{note}</bdi>
          </Detail>
        )}
        {children}
      </div>
    </li>
  );
}

function Detail({ children }: { children: ReactNode }) {
  return <p className="wrap-title text-[0.9375rem] leading-snug text-soft">{children}</p>;
}
