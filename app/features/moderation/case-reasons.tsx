import { explainSignal, SIGNAL_NAMES } from "#server/domain/fraud-words.ts";
import type { ModerationPage } from "../../http/answers.ts";

/** Why the fans of a case look like one hand: each signal in words, with how strong it is. */
export function CaseReasons({ page }: { page: ModerationPage }) {
  return (
    <ul className="flex flex-col gap-4">
      {page.signals.map((signal) => (
        <li key={signal.kind} className="rounded-card border-[1.5px] border-line bg-sheet p-5">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <h3 className="text-xl leading-tight font-bold">{SIGNAL_NAMES[signal.kind]}</h3>
            <p className="text-sm text-soft tabular-nums">
              Strength {Math.round(100 * signal.strength)} %
            </p>
          </div>
          <p className="mt-2 leading-relaxed">{explainSignal(signal)}</p>
          {signal.kind === "ballots" ? (
            <p dir="auto" className="wrap-title mt-2 text-[0.9375rem] text-soft">
              {signal.songs.map((id) => page.titles[id]).join(" · ")}
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
