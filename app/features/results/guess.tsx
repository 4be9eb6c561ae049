import { CircleCheckBig, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import type { ResultsPage } from "../../http/answers.ts";

type Song = ResultsPage["songs"][number];

interface GuessProps {
  song: Pick<Song, "title" | "played">;
  rank: number | null;
  scored: boolean;
  /** Whether it may still come. */
  live?: boolean;
  told: ReactNode;
  late?: boolean;
}

/** A song of somebody's list: whether it was played, by sign and in words. */
export function Guess({ song: { title, played }, rank, scored, live = false, told, late = false }: GuessProps) {
  const Icon = played ? CircleCheckBig : CircleDashed;
  const words = late ? "Played, too far down" : played ? "Played" : live ? "Not yet" : "Not played";
  return (
    <li className="grid grid-cols-[2rem_minmax(0,1fr)_auto] items-center gap-x-4 border-b border-line py-2.5">
      <span className="text-end font-display text-lg leading-snug font-bold text-soft tabular-nums">{rank}</span>
      <span className="min-w-0">
        <bdi className={`wrap-title block text-[1.0625rem] leading-snug font-semibold ${scored && !played ? "text-soft" : ""}`}>{title}</bdi>
        <span className="text-[0.875rem] text-soft tabular-nums">{told}</span>
      </span>
      {scored ? (
        <span className={`inline-flex items-center gap-1.5 text-[0.875rem] font-semibold ${played && !late ? "text-live" : "text-soft"}`}>
          <Icon aria-hidden size={18} className="shrink-0" />
          {words}
        </span>
      ) : null}
    </li>
  );
}
