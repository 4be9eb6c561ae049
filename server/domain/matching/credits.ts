import { LONGEST_COMPARED } from "./alike.ts";
import { readName, type NameReading } from "./names.ts";

/** How one of several names in a credit is joined to the first one. */
export type Joint = "first" | "and" | "guest" | "dash";

export interface Credit {
  whole: NameReading;
  /** Without what stands in brackets, a track's number and an address; null where that changes nothing. */
  bare: NameReading | null;
  /** What stands in brackets, where it may be a name of its own. */
  inside: NameReading[];
  /** The names of a credit to several, in order; empty for a single one. */
  parts: { name: NameReading; joint: Joint }[];
}

const BRACKETS = /\s*[([{（［【]([^()[\]{}（）［］【】]*)[)\]}）］】]/gu;
/** "Lee 'Scratch' Perry" */
const NICKNAME = /(?<=\s)(?:["“”]([^"“”]+)["“”]|['‘’]([^'‘’]+)['’])(?=\s)/gu;
const TRACK_NUMBER = /^\s*\d{2}(?:\s*[-.]\s*|(?=\p{Lu}))|\s+-\s+\d{1,2}$/gu;
const ADDRESS = /\s*\b(?:https?:\/\/|www\.)\S+|\s+-\s+\S+\.com$/giu;
const GUEST = /\s+(?:feat\.?|ft\.?|f\/|featuring|with|w\/|pres\.?|presents|starring|as|vs\.?|versus|meets|x)\s+/iu;
const AND = /\s*[,;，、]\s*(?:(?:and|&)\s+)?|\s*(?:\/|\s\+\s|&|＆)\s*|\s+(?:and|und|et|y)\s+/iu;
const DASH = /\s+[-–—]\s+|:\s+/u;
const MOST_PARTS = 12;

interface Piece {
  text: string;
  joint: Joint;
}

function cut(pieces: Piece[], by: RegExp, joint: Joint): Piece[] {
  return pieces.flatMap((piece) =>
    piece.text
      .split(by)
      .filter((text) => text.trim() !== "")
      .map((text, at) => ({ text, joint: at === 0 ? piece.joint : joint })),
  );
}

function partsOf(text: string): Credit["parts"] {
  const whole: Piece[] = [{ text, joint: "first" }];
  const pieces = cut(cut(cut(whole, DASH, "dash"), GUEST, "guest"), AND, "and");
  if (pieces.length < 2 || pieces.length > MOST_PARTS) return [];
  return pieces.map((piece) => ({ name: readName(piece.text), joint: piece.joint })).filter(({ name }) => name.key !== "");
}

/** Readings of the last names: who is looked for meets many, and the same ones at each provider. */
const readings = new Map<string, Credit>();
const MOST_READINGS = 1_000;

/** Reads who is named in a credit: "A feat. B", "A & B", "A (of C)". Names too long to be one are left whole. */
export function readCredit(text: string): Credit {
  if (text.length > LONGEST_COMPARED) return { whole: readName(text), bare: null, inside: [], parts: [] };
  const known = readings.get(text);
  if (known) return known;
  if (readings.size === MOST_READINGS) readings.delete(readings.keys().next().value!);
  const credit = readShort(text);
  readings.set(text, credit);
  return credit;
}

function readShort(text: string): Credit {
  const whole = readName(text);
  const outside = text.replace(BRACKETS, " ").replace(NICKNAME, " ").replace(ADDRESS, " ").replace(TRACK_NUMBER, "").trim();
  const bare = readName(outside);
  const inside = [...text.matchAll(BRACKETS)].map(([, inner]) => readName(inner!)).filter(({ key }) => key !== "");
  return { whole, bare: bare.key === "" || bare.key === whole.key ? null : bare, inside, parts: partsOf(bare.key === "" ? text : outside) };
}
