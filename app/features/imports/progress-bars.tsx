import type { ImportProgress } from "../../http/answers.ts";
import { numberWords } from "./import-words.ts";

type List = "songs" | "albums" | "shows" | "setlists";

const LISTS: [List, string][] = [
  ["songs", "Songs"],
  ["albums", "Albums"],
  ["shows", "Shows"],
  ["setlists", "Setlists"],
];

/** One bar for each list that has begun, with its figures in words. */
export function ProgressBars({ progress }: { progress: ImportProgress }) {
  return (
    <ul className="flex flex-col gap-5">
      {LISTS.map(([list, label]) => (
        <Bar key={list} label={label} count={progress.counts[list]} done={progress.phase === "done"} />
      ))}
    </ul>
  );
}

interface BarProps {
  label: string;
  count: { read: number; of: number | null };
  done: boolean;
}

function Bar({ label, count: { read, of }, done }: BarProps) {
  const all = of !== null && of > read && !done ? of : null;
  const words = all === null ? numberWords(read) : `${numberWords(read)} of ${numberWords(all)}`;
  const part = all === null ? (read > 0 || done ? 100 : 0) : Math.floor((100 * read) / all);
  return (
    <li>
      <p className="mb-1.5 flex items-baseline justify-between gap-4">
        <span className="font-semibold">{label}</span>
        <span className="text-soft tabular-nums">{words}</span>
      </p>
      <div aria-hidden className="h-3 overflow-hidden rounded-full bg-well ring-1 ring-line">
        <svg className="block size-full" preserveAspectRatio="none" viewBox="0 0 100 1">
          <rect width={part} height="1" className="fill-marker-deep" />
        </svg>
      </div>
    </li>
  );
}
