import { existsSync } from "node:fs";
import type { Bar, Figure } from "../figures.ts";
import type { BenchOptions } from "../options.ts";

/** A row as parts of other folders report it; a number alone as bar is the most it may be, of a rate the least. */
export interface PlainFigure {
  name: string;
  value: number;
  unit: string;
  bar?: number | Bar;
}

/** Runs a part that lives in a folder of its own with a command of its own. */
export async function runFolder(
  folder: "pages" | "streams",
  run: "benchPages" | "benchStreams",
  { seconds, rounds }: BenchOptions,
): Promise<Figure[]> {
  const file = new URL(`../${folder}/bench.ts`, import.meta.url);
  if (!existsSync(file)) return [{ name: folder, value: Number.NaN, unit: "", note: `not measured: ${folder}/bench.ts is not there` }];
  const module = (await import(file.href)) as Record<string, (options: object) => Promise<PlainFigure[]>>;
  return (await module[run]!({ seconds, rounds })).map(withBar);
}

function withBar({ bar, ...rest }: PlainFigure): Figure {
  if (typeof bar !== "number") return { ...rest, ...(bar && { bar }) };
  return { ...rest, bar: rest.unit.endsWith("/s") ? { atLeast: bar } : { atMost: bar } };
}
