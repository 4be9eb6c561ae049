import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One row of a table of labelled pairs, by the names of its columns. */
export type Row = Record<string, string>;

/** A cell may stand in quotes, with quotes in it doubled. */
function cell(text: string): string {
  return /^".*"$/s.test(text) && text.length > 1 ? text.slice(1, -1).replaceAll('""', '"') : text;
}

/** Reads a table separated by tabs. Null where the folder has no such file. */
export function readTable(folder: string, name: string): Row[] | null {
  const path = join(folder, name);
  if (!existsSync(path)) return null;
  const [head, ...lines] = readFileSync(path, "utf8").split(/\r?\n/).filter((line) => line !== "");
  const columns = (head ?? "").split("\t");
  return lines.map((line) => {
    const cells = line.split("\t").map(cell);
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ""]));
  });
}
