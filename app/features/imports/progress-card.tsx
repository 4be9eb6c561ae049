import { Link } from "@remix-run/react";
import type { ImportProgress } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { wallClock } from "../shows/when.ts";
import { leftWords, numberWords, refusedWords, standWords } from "./import-words.ts";
import { ProgressBars } from "./progress-bars.tsx";

/** How far an import is, and what comes of it. */
export function ProgressCard({ progress }: { progress: ImportProgress }) {
  const { artist, phase, state, counts } = progress;
  const began = phase === "done" || counts.songs.read + counts.albums.read + counts.shows.read + counts.setlists.read > 0;
  const refused = refusedWords(counts.refused);
  return (
    <div className="flex flex-col gap-6 rounded-card border-[1.5px] border-line bg-sheet p-5 sm:p-8">
      <div>
        {/* Read out when it changes; the figures change too often for that. */}
        <p role="status" className="font-display text-2xl leading-tight font-bold">
          {standWords(progress)}
        </p>
        <p className="wrap-title mt-1.5 text-soft">{nextWords(progress)}</p>
      </div>
      {began ? <ProgressBars progress={progress} /> : null}
      {refused && state === "over" ? <p className="text-sm text-soft">{refused}</p> : null}
      {artist ? (
        <Button asChild tone={phase === "done" ? "marker" : "outline"} className="self-start">
          <Link to={`/artists/${artist}`}>{phase === "done" ? "See the artist" : "See what is here already"}</Link>
        </Button>
      ) : null}
    </div>
  );
}

function nextWords(progress: ImportProgress): string {
  const { state, phase, rate, secondsLeft, waiting, problem } = progress;
  if (phase === "done") return "Songs, shows and past setlists are in, and stay up to date by themselves.";
  if (phase === "cancelled") return "Nothing more comes in. What is here stays.";
  if (state === "over") return problem?.message ?? "Nothing more comes in for now.";
  if (waiting) return `One of the sources asks to wait. It goes on by itself at ${wallClock(waiting.until, "UTC").time} UTC.`;
  if (state === "queued") return "It starts by itself, usually within a few seconds.";
  const pace = rate === null ? [] : [`${numberWords(rate)} a minute`];
  const left = secondsLeft === null ? [] : [`${leftWords(secondsLeft)} left for this part`];
  return [...pace, ...left].join(", ") || "This takes a moment.";
}
