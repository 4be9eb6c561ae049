import { brier, calibrationError, type Group, mean, together } from "./measures.ts";
import type { Speed } from "./speed.ts";
import type { ArtistFigures } from "./walk.ts";

const METHODS = ["last 10", "last 50", "previous", "recency", "hazard", "forecast"];
const GROUPS: Group[] = ["rotating", "middle", "fixed"];
/** Fewer shows say little about an artist: the margin against "recency" is asked of the others. */
const ENOUGH_SHOWS = 100;

const points = (value: number) => (Number.isNaN(value) ? "-" : value.toFixed(3).replace(/^0/, ""));
const row = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;

/** The whole report as Markdown. */
export function report(figures: readonly ArtistFigures[], model: string, speed: Speed): string {
  return [
    `Measured with ${model}: ${figures.length} artists, the last 300 shows of each, each show foretold from the ones before it.`,
    table("Artist", figures.map((one) => ({ name: one.name, of: [one] }))),
    table("Group", groups(figures)),
    margins(figures),
    reliability(figures),
    `A forecast of ${speed.songs} songs after ${speed.shows} shows takes ${speed.median.toFixed(1)} ms (median of 50; slowest ${speed.slowest.toFixed(1)} ms), learning a show ${speed.learning.toFixed(1)} ms.`,
  ].join("\n\n");
}

function groups(figures: readonly ArtistFigures[]): { name: string; of: ArtistFigures[] }[] {
  const named: { name: string; of: ArtistFigures[] }[] = GROUPS.map((group) => ({
    name: group,
    of: figures.filter((one) => one.group === group),
  }));
  return [...named, { name: "all", of: [...figures] }].filter(({ of }) => of.length > 0).map(({ name, of }) => ({ name: `${name} (${of.length})`, of }));
}

function table(title: string, lines: readonly { name: string; of: readonly ArtistFigures[] }[]): string {
  const head = [title, "group", "shows", ...METHODS, "Brier", "ECE"];
  const body = lines.map(({ name, of }) => {
    const group = of.length === 1 ? of[0]!.group : "";
    const measured = of.reduce((sum, one) => sum + one.measured, 0);
    const f1 = METHODS.map((method) => points(mean(of.map((one) => one.f1[method]!))));
    const errors = [mean(of.map((one) => brier(one.calibration))), mean(of.map((one) => calibrationError(one.calibration)))];
    return row([name, group, measured, ...f1, ...errors.map((value) => value.toFixed(4))]);
  });
  return [row(head), row(head.map(() => "---")), ...body].join("\n");
}

function margins(figures: readonly ArtistFigures[]): string {
  const margin = (one: ArtistFigures) => one.f1.forecast! - one.f1.recency!;
  const sorted = figures.filter(({ shows }) => shows >= ENOUGH_SHOWS).toSorted((a, b) => margin(a) - margin(b));
  const signed = (value: number) => `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(4)}`;
  const least = sorted.slice(0, 5).map((one) => `${one.name} ${signed(margin(one))}`);
  return `Least margins against "recency" among ${sorted.length} artists with ${ENOUGH_SHOWS} shows: ${least.join(", ")}.`;
}

function reliability(figures: readonly ArtistFigures[]): string {
  const all = together(figures.map(({ calibration }) => calibration));
  const lines = all.tenths.map(({ pairs, expected, played }, i) =>
    row([`${i * 10}-${i * 10 + 10} %`, pairs, pairs === 0 ? "-" : percent(expected / pairs), pairs === 0 ? "-" : percent(played / pairs)]),
  );
  const errors = `All pairs together: Brier ${brier(all).toFixed(4)}, calibration error ${calibrationError(all).toFixed(4)}; of songs from 10 % up ${calibrationError(all, 1).toFixed(4)}.`;
  return [row(["forecast", "pairs", "said", "played"]), row(["---", "---", "---", "---"]), ...lines, "", errors].join("\n");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
