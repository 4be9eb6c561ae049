import { fold } from "../fold.ts";
import type { Evidence } from "./evidence.ts";

type NameEvidence = Extract<Evidence, { kind: "name" }>;
type TitleEvidence = Extract<Evidence, { kind: "title" }>;

const NAME_WAYS: Record<Exclude<NameEvidence["way"], "same_name">, string> = {
  sort_name: "One is the sort name of the other",
  same_credit: "The same names, in another order or joined by other words",
  word_order: "The same words in another order",
  name_in_brackets: "Same name but for what is in brackets",
  featured: "One is the other with a guest",
  part_of_credit: "One is credited among others",
  ensemble: "One is the other with “Band” or the like",
  person: "One person’s name, perhaps, written in two ways",
  sound: "They sound alike",
  initials: "One may be the initials of the other",
  typing_error: "The names differ by a letter or two",
  added_words: "One is the other with words added",
  same_place_words: "Same name but for words like “Hall”",
  shared_words: "The names share words",
  none: "The names are not alike",
};

/** In which way two names are alike, with both of them unless they are equal. */
export function nameWords({ way, a, b }: NameEvidence): string {
  return way === "same_name" ? same("name", a, b) : `${NAME_WAYS[way]}: ${quoted(a, b)}`;
}

const TITLE_WAYS: Record<Exclude<TitleEvidence["way"], "same_title">, string> = {
  other_title: "One is also known by the other’s title",
  typing_error: "The titles differ by a letter or two",
  telling_words: "The words that tell something are the same",
  opening_words: "One title begins with the other",
  none: "The titles are not alike",
};

/** The same of two titles. */
export function titleWords({ way, a, b }: TitleEvidence): string {
  return way === "same_title" ? same("title", a, b) : `${TITLE_WAYS[way]}: ${quoted(a, b)}`;
}

/** How two that are read as equal are written differently, where they are. */
function same(noun: "name" | "title", a: string, b: string): string {
  if (a === b) return `Same ${noun}`;
  if (a.toLowerCase() === b.toLowerCase()) return `Same ${noun} but for case`;
  if (fold(a) === fold(b)) return `Same ${noun} but for accents: ${quoted(a, b)}`;
  return `Same ${noun}, written in two ways: ${quoted(a, b)}`;
}

function quoted(a: string, b: string): string {
  return `“${a}”, “${b}”`;
}
