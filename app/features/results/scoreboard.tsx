import { Trophy } from "lucide-react";
import type { ReactNode } from "react";
import { count } from "#server/domain/count.ts";
import { againstWords, beyondWords } from "#server/domain/results/words.ts";
import type { ResultsPage } from "../../http/answers.ts";
import { Chip } from "../../ui/chip.tsx";

/** Who foretold the show how well: the whole page in a glance. */
export function Scoreboard({ page }: { page: ResultsPage }) {
  const { setlist, state } = page;
  if (!setlist?.verdict || page.noScore) return null;
  const verdict = againstWords(setlist.verdict, setlist.lists);
  const beyond = beyondWords(setlist.verdict);
  const { crowd, forecast, lastShows } = setlist.lists;
  const best = Math.max(crowd?.hits ?? 0, forecast?.hits ?? 0);
  return (
    <section aria-labelledby="score" className="mt-8 sm:mt-12">
      <h2 id="score" className="sr-only">
        Who called it
      </h2>
      {verdict === "" ? null : (
        <p className="max-w-4xl font-display text-[1.375rem] leading-snug font-bold text-balance sm:text-3xl">{verdict}</p>
      )}
      {beyond === "" ? null : <p className="mt-2 text-soft sm:text-lg">{beyond}</p>}
      <ul className="mt-5 grid grid-cols-2 gap-3 sm:mt-7 sm:gap-4 lg:grid-cols-4">
        <Card name="The crowd" score={crowd} none="Nobody voted." best={best > 0 && crowd?.hits === best} />
        <MyCard page={page} />
        <Card name="The forecast" score={forecast} none="There was no forecast." best={best > 0 && forecast?.hits === best} />
        <Card name="Last shows’ songs" score={lastShows} none="No show before is known." />
      </ul>
      <p className="mt-4 max-w-3xl text-[0.9375rem] leading-relaxed text-soft">
        {count(setlist.count, "different song")} {state === "live" ? "so far" : setlist.count === 1 ? "was played" : "were played"}
        {setlist.unknown > 0 ? `, ${setlist.unknown} of them none of the artist’s that we know` : ""}. Each list is measured by as
        many of its first songs{state === "live" ? ", as though the show ended now" : ""}.
      </p>
    </section>
  );
}

interface CardProps {
  name: string;
  score: { hits: number; of: number; overlap: number } | null;
  none: string;
  best?: boolean;
}

function Card({ name, score, none, best = false }: CardProps) {
  return (
    <Frame name={name} best={best}>
      {score ? (
        <>
          <Big figure={score.hits} of={score.of} />
          <Meter share={score.overlap} />
        </>
      ) : (
        <p className="mt-2 text-[0.9375rem] text-soft">{none}</p>
      )}
    </Frame>
  );
}

function MyCard({ page: { mine, signedIn } }: { page: ResultsPage }) {
  if (!mine?.score) {
    const words = mine?.held ? "Your votes here are being checked." : signedIn ? "You had no vote here." : "Sign in to see how you did.";
    return (
      <Frame name="You">
        <p className="mt-2 text-[0.9375rem] text-soft">{words}</p>
      </Frame>
    );
  }
  const { hits, votes, points } = mine.score;
  return (
    <Frame name="You">
      <Big figure={hits} of={votes} />
      <Meter share={votes === 0 ? 0 : hits / votes} />
      <p className="mt-2 text-[0.9375rem] font-semibold tabular-nums">{count(points, "point")}</p>
    </Frame>
  );
}

function Frame({ name, best = false, children }: { name: string; best?: boolean; children: ReactNode }) {
  return (
    <li className={`rounded-card border-[1.5px] p-4 sm:p-5 ${best ? "border-marker-deep bg-wash" : "border-line bg-sheet"}`}>
      <h3 className="flex min-h-7 flex-wrap items-center justify-between gap-x-2 gap-y-1 font-sans text-[0.9375rem] font-semibold">
        {name}
        {best ? (
          <Chip tone="marker">
            <Trophy aria-hidden size={13} /> Best
          </Chip>
        ) : null}
      </h3>
      {children}
    </li>
  );
}

function Big({ figure, of }: { figure: number; of: number }) {
  return (
    <p className="mt-1 font-display leading-none font-extrabold tracking-tight tabular-nums">
      <span className="text-4xl sm:text-5xl">{figure}</span>
      <span className="text-xl text-soft"> of {of}</span>
    </p>
  );
}

/** The same as the figures above it, for the eye. */
function Meter({ share }: { share: number }) {
  return (
    <svg aria-hidden viewBox="0 0 100 6" preserveAspectRatio="none" className="mt-3 h-2 w-full rounded-full">
      <rect width="100" height="6" className="fill-well" />
      <rect width={100 * share} height="6" className="fill-bar" />
    </svg>
  );
}
