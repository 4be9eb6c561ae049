import { titleKey } from "./title-key.ts";
import { readTitle } from "./titles.ts";

/** Shorter ones, in characters, name too many songs to name one. */
const SHORTEST_ALIAS = 3;

/** Brackets that hold a part's number or the like are no subtitle: without them it is another song. */
const TELLS_APART = /^(?:parts?|pts?\.?|vol\.?|no\.?|#|act|reprise|interlude|intro|outro|skit|continued|revisited|slight return)\b|\breprise$|^[\p{N}ivx]+$/iu;
const BRACKETS = /[([（［]([^()[\]（）［］]*)[)\]）］]/gu;

/** The title without its subtitle, the subtitle alone where it is more than a word or spells out another script, and the two the other way round. */
function withoutBrackets(title: string): string[] {
  const inside = [...title.matchAll(BRACKETS)].map(([, text]) => text!.trim());
  if (inside.length === 0 || inside.some((text) => TELLS_APART.test(text))) return [];
  const outside = title.replace(BRACKETS, " ");
  const names = inside.filter((text) => /\s/.test(text) || !/\p{Script=Latin}/u.test(outside));
  return [outside, ...names, `${outside} ${inside.join(" ")}`, `${inside.join(" ")} ${outside}`];
}

/** The halves of "A / B", and of "A: B" or "A - B", where a half has not just a number to its name. */
function halves(title: string): string[] {
  const parts = title.split(/\s*\/\s*|:\s+|\s+[-–—]\s+|\s*[–—]\s+/);
  return parts.length < 2 || parts.length > 6 ? [] : parts.filter((part) => !TELLS_APART.test(part.trim()));
}

/** A first part is often called by the name of the whole. */
function withoutFirstPart(title: string): string[] {
  const [, whole] = /^(.*\S)[\s,([]+(?:part|pt\.?) ?(?:1|I|one)[\])]?$/iu.exec(title) ?? [];
  return whole === undefined ? [] : [whole];
}

function withoutArticle(title: string): string[] {
  return /^an?\s/iu.test(title) ? [title.replace(/^an?\s+/iu, "")] : [];
}

/**
 * Further keys under which a setlist may name the song, never its own key; sorted. A key that two songs share names neither, and a song's
 * own key comes before another's alias: whoever looks up has to see to that.
 */
export function aliasKeys(title: string): string[] {
  const { title: shown, key } = readTitle(title);
  if (shown.length > 500) return [];
  const names = [withoutBrackets, halves, withoutFirstPart, withoutArticle].flatMap((way) => way(shown));
  const keys = names.map((name) => titleKey(name)).filter((alias) => alias !== key && [...alias].length >= SHORTEST_ALIAS);
  return [...new Set(keys)].sort();
}

/** All keys under which to look for a title that somebody wrote down, the likeliest first. */
export function lookUpKeys(title: string): string[] {
  return [readTitle(title).key, ...aliasKeys(title)];
}
