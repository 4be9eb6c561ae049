import { GOAL, type ListName } from "#server/domain/statistics/accuracy.ts";
import type { StatisticsPage } from "../../http/answers.ts";
import { percent } from "../../ui/percent.ts";
import { Section } from "../../ui/section.tsx";

const NAMES: [ListName, string][] = [
  ["crowd", "Fans, by votes"],
  ["forecast", "The forecast alone"],
  ["lastShows", "The last shows’ songs"],
];

/** How right the fans and the forecast were, with what can be hoped for. */
export function AccuracySection({ accuracy }: Pick<StatisticsPage, "accuracy">) {
  if (accuracy.shows === 0) return null;
  return (
    <Section title="How right we were">
      <table className="w-full border-t-2 border-ink tabular-nums">
        <caption className="sr-only">Songs right of those that were played, mean of the scored shows</caption>
        <thead>
          <tr className="border-b border-line text-soft">
            {["Who said", "Songs right", "Shows"].map((head, i) => (
              <th key={head} scope="col" className={`py-2 font-semibold ${i === 0 ? "text-start" : "ps-3 text-end"}`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {NAMES.map(([list, name]) => {
            const { share, shows } = accuracy[list];
            return (
              <tr key={list} className="border-b border-line">
                <th scope="row" className="py-2.5 text-start font-semibold">
                  {name}
                </th>
                <td className="ps-3 text-end">{share === null ? "–" : percent(share)}</td>
                <td className="ps-3 text-end">{shows}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="mt-4 max-w-2xl text-soft">{goalWords(accuracy.crowd.share)} A list is as long as the setlist was. Bands that change most of their songs every night have a ceiling: no past tells more than about a third of them.</p>
    </Section>
  );
}

function goalWords(share: number | null): string {
  const goal = percent(GOAL);
  if (share === null) return `We aim at over ${goal} of the songs.`;
  return share > GOAL ? `Fans reach the ${goal} that we aim at.` : `We aim at over ${goal}; fans are not there yet with this artist.`;
}
