import { readFileSync } from "node:fs";

/** A recipe of deploy/ with some of its text replaced; each piece has to be in it. */
export function recipe(file: string, replacements: readonly (readonly [from: string, to: string])[]): string {
  return replacements.reduce((text, [from, to]) => replaced(text, from, to, file), readFileSync(file, "utf8"));
}

/** A text with each occurrence of a piece replaced. Throws where there is none. */
export function replaced(text: string, from: string, to: string, file: string): string {
  if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
  return text.replaceAll(from, () => to);
}
