import { LONGEST_COMPARED } from "./alike.ts";
import { inLatin, scriptOf, type Script } from "./scripts.ts";
import { soundOf } from "./sound.ts";

/** What a name says when it is read for comparison. */
export interface NameReading {
  /** All words without case, accents, signs, spaces, articles and "and"; a name of signs only keeps its signs. Empty for nothing at all. */
  key: string;
  /** As they are written, without articles and "and". */
  words: string[];
  /** With articles and the like. */
  allWords: string[];
  /** The same words with a family name that stood before a comma put behind. */
  turned: string[];
  /** How each word sounds. */
  sounds: string[];
  script: Script;
}

const READ_AS: Record<string, string> = { ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", ı: "i", ħ: "h", ŋ: "n" };
const ACCENTS = /[\u0300-\u036f]|[\u0483-\u0487]|[\u0591-\u05c7]|[\u064b-\u065f]|\u0670|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\ufe00-\ufe0f]/g;
const INITIALS = /(?<![\p{L}\p{N}.])(?:(?:\p{L}\.\s?){2,}(?:\p{L}(?![\p{L}\p{N}]))?|\p{L}\.\p{L}(?![\p{L}\p{N}]))/gu;
/** Words that one source writes and another leaves out. */
const SMALL_WORDS = new Set(["the", "and", "n", "und", "et", "y", "his", "her", "their"]);
const NUMBERS = new Map("zero one two three four five six seven eight nine ten eleven twelve".split(" ").map((word, at) => [word, String(at)]));
for (const [word, figure] of [["thirteen", "13"], ["fifteen", "15"], ["twenty", "20"], ["thirty", "30"], ["forty", "40"], ["fifty", "50"], ["hundred", "100"]] as const)
  NUMBERS.set(word, figure);
const SHORTENED = new Map([["ltd", "limited"], ["mt", "mount"], ["st", "saint"], ["jr", "junior"], ["rev", "reverend"], ["orch", "orchestra"]]);

/** Signs that stand for a letter within a word: P!nk, A$AP, Ke$ha, D@ve; Я in a Latin word. */
function lettersForSigns(text: string): string {
  return text
    .replace(/(?<=\p{L})!(?=\p{L})/gu, "i")
    .replace(/\$(?=\p{L})|(?<=\p{L})\$/gu, "s")
    .replace(/(?<=\p{L})@(?=\p{L})/gu, "a")
    .replace(/(?<=[A-Za-z])[Яя](?=[A-Za-z])/g, "r");
}

/** What no eye sees, letters that were never decoded, and signs that are read as words. */
function plain(text: string): string {
  const shown = text.replace(/%[0-9a-f]{2}(?:%[0-9a-f]{2})*/gi, decoded).replace(/&(?:apos|#39|quot);/gi, "'").replace(/&amp;/gi, "&").replace(/[\ufffd_]+/g, (mark) => (mark[0] === "_" ? " " : ""));
  return lettersForSigns(shown).normalize("NFKC").toUpperCase().toLowerCase().normalize("NFC");
}

function decoded(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    // A percent sign of the name itself.
    return escaped;
  }
}

function withoutAccents(text: string): string {
  return text.normalize("NFKD").replace(ACCENTS, "").replace(/[øæœłđðþßıħŋ]/g, (sign) => READ_AS[sign]!).normalize("NFC");
}

/** Words with their accents; "B. B. King" and "BB King" give the same, so do "O'Jays" and "OJays". */
function spokenWords(text: string): string[] {
  const spelled = text
    .replace(INITIALS, (letters) => `${letters.replace(/[.\s]/g, "")} `)
    .replace(/['’‘ʼ`´′]n['’‘ʼ`´′]/g, " and ")
    .replace(/['’‘ʼ`´′]/g, "")
    .replace(/\s*[&＆]\s*|(?<=\s)\+(?=\s)/g, " and ");
  return spelled.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

function folded(word: string): string {
  return withoutAccents(inLatin(word));
}

/** Numbers as figures and short forms in full. */
function keyOf(words: string[]): string {
  return words.map((word) => NUMBERS.get(word) ?? SHORTENED.get(word) ?? word).join("");
}

/** Without small words, unless nothing else is there: "The The" keeps its own. */
function telling(words: string[]): string[] {
  const kept = words.filter((word) => !SMALL_WORDS.has(word));
  return kept.length > 0 ? kept : words;
}

/** A sort name: "Cave, Nick & the Bad Seeds", "Birthday Party, The". */
function turn(text: string): string {
  const [, family, rest] = /^([^,]+),\s+([^,]+?)(?:,(?=\s*(?:&|and\s)).*)?$/iu.exec(text) ?? [];
  if (family === undefined || rest === undefined) return text;
  const band = /\s(?:&|and\s).*$/iu.exec(text.slice(family.length + 1));
  const given = rest.replace(/\s(?:&|and\s).*$/iu, "");
  return `${given} ${family} ${band?.[0] ?? ""}`;
}

function signs(text: string): string {
  return text.replace(/[\s\p{C}\p{Z}]+/gu, "");
}

function allWordsOf(text: string): string[] {
  return spokenWords(text).map(folded).filter((word) => word !== "");
}

/** Reads a name of any length in time that grows with its length. */
export function readName(name: string): NameReading {
  const text = plain(name);
  const allWords = allWordsOf(text);
  const words = telling(allWords);
  const short = text.length <= LONGEST_COMPARED;
  const turned = short && text.includes(",") ? telling(allWordsOf(turn(text))) : words;
  const sounds = short ? spokenWords(text).map((word) => soundOf(inLatin(word))).filter((sound) => sound !== "") : [];
  return { key: keyOf(words) || signs(text), words, allWords, turned, sounds, script: scriptOf(text) };
}
