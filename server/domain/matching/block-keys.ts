import { LONGEST_COMPARED } from "./alike.ts";
import { readCredit } from "./credits.ts";
import type { NameReading } from "./names.ts";

const FEWEST_INITIALS = 3;
const MOST_INITIALS = 6;
const SHORTEST_SOUND = 3;
const SHORTEST_HALF = 3;
const NO_INITIAL = new Set(["in", "of", "to", "a", "for", "on", "at"]);

/**
 * Keys under which to look for stored names that may be alike: two names that `compareNames` finds alike share one, but for a few rare
 * ways. Sorted, a handful a name; none for a name of nothing.
 */
export function blockKeys(name: string): string[] {
  const { whole, bare, inside, parts } = readCredit(name);
  if (whole.key === "") return [];
  if (name.length > LONGEST_COMPARED) return [`is ${whole.key}`];
  const names = [whole, ...(bare ? [bare] : []), ...inside, ...parts.map((part) => part.name)];
  const keys = [...names.map(({ key }) => `is ${key}`), ...[whole, ...(bare ? [bare] : [])].flatMap(looseKeys), ...leading(parts.map((part) => part.name))];
  return [...new Set(keys)].sort();
}

/** Credits to several are also found by those before the guest. */
function leading(names: NameReading[]): string[] {
  return names.slice(1, -1).map((_, at) => `is ${names.slice(0, at + 2).map(({ key }) => key).join("")}`);
}

function looseKeys(name: NameReading): string[] {
  return [...turnedKeys(name), ...beginnings(name), ...sounds(name), ...initials(name)];
}

function turnedKeys({ words, turned }: NameReading): string[] {
  const sorted = words.length > 1 ? [`has ${words.toSorted().join(" ")}`] : [];
  return turned === words ? sorted : [...sorted, `is ${turned.join("")}`, ...personKeys(turned)];
}

/** A wrong letter leaves one half of a name as it is, and the words added to one leave its first two. */
function beginnings({ key, words }: NameReading): string[] {
  const opening = words.length > 1 ? [`opens ${words.slice(0, 2).join(" ")}`] : [];
  const halves = new Set([key.length, key.length - 1].map((length) => Math.floor(length / 2)).filter((half) => half >= SHORTEST_HALF));
  const letters = [...halves].flatMap((half) => [`begins ${key.slice(0, half)}`, `ends ${key[0]} ${key.slice(-half)}`]);
  return [...opening, ...letters, ...personKeys(words)];
}

function personKeys(words: string[]): string[] {
  return words.length > 1 ? [`person ${words[0]![0]} ${words.at(-1)}`] : [];
}

/** What names in other scripts are found by: all of it, the first sound with the family name, and the family name alone where one side may have no more. */
function sounds({ sounds, script }: NameReading): string[] {
  const last = sounds.at(-1);
  if (last === undefined) return [];
  const several = sounds.length > 1 ? [`${sounds[0]![0]} ${last.slice(0, 4)}`] : [];
  const other = script === "latin" ? [] : [sounds.toReversed().join("")];
  const alone = script !== "latin" || sounds.length === 1 ? [last] : [];
  const whole = [sounds.join(""), ...other, ...alone].filter((sound) => sound.length >= SHORTEST_SOUND).map((sound) => sound.slice(0, 6));
  return [...whole, ...several].map((sound) => `sounds ${sound}`);
}

function initials({ key, words, allWords }: NameReading): string[] {
  const first = (of: string[]) => of.map((word) => word[0]).join("");
  const short = words.length === 1 && key.length <= MOST_INITIALS ? [key] : [];
  const long = words.length > 1 && words.length <= MOST_INITIALS ? [first(words.filter((word) => !NO_INITIAL.has(word))), first(allWords)] : [];
  return [...short, ...long].filter((letters) => letters.length >= FEWEST_INITIALS).map((letters) => `initials ${letters}`);
}
