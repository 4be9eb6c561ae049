import type { MyResults } from "../../http/answers.ts";
import { LineChart } from "../../ui/line-chart.tsx";
import { percent } from "../../ui/percent.ts";
import { dateWords } from "../shows/when.ts";

/** How the fan's accuracy went from show to show, against what is usual. */
export function AccuracyChart({ results: { series, usual }, now }: { results: MyResults; now: string }) {
  if (series.length < 2) return null;
  const last = series.length - 1;
  const today = now.slice(0, 10);
  return (
    <LineChart
      label={`Accuracy from ${percent(series[0]!.accuracy)} after the first show to ${percent(series[last]!.accuracy)} after the latest; usual is ${percent(usual)}.`}
      lines={[
        { name: "Accuracy", points: series.map(({ accuracy }, i) => ({ x: i, y: accuracy })) },
        { name: "Hits of each show alone", points: series.map(({ precision }, i) => ({ x: i, y: precision })) },
        { name: "Usual", points: [{ x: 0, y: usual }, { x: last, y: usual }] },
      ]}
      x={{ from: 0, to: last, words: [dateWords(series[0]!.localDate, today), dateWords(series[last]!.localDate, today)] }}
      y={{ to: 1, tell: percent }}
    />
  );
}
