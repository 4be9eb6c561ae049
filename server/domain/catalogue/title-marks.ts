import { ACOUSTIC, ALTERNATE, COVER, DEMO, EDIT, EDITION, GUEST, INSTRUMENTAL, LIVE, NO_NAME, REMASTER, REMIX, SAME } from "./mark-words.ts";

/** What a recording is beside the song as it was first released; the ones further down weigh more when there are several. */
export const VARIANT_KINDS = ["original", "remaster", "edit", "alternate", "acoustic", "instrumental", "remix", "demo", "live"] as const;
export type VariantKind = (typeof VARIANT_KINDS)[number];

/** What some words of a title say about the recording. */
export interface Mark {
  kind: VariantKind;
  live: boolean;
}

/** Longer words are a subtitle, whatever is in them. */
const LONGEST_MARK = 150;

/** "(with Willie Nelson)" names a guest, "(With You)" is a part of the title: a guest has a name in capitals. */
function namesGuest(words: string): boolean {
  const [, next] = /^with ([\p{L}\p{N}.’']+)/iu.exec(words) ?? [];
  if (next === undefined || !/^[\p{Lu}\p{N}]/u.test(next)) return false;
  return !NO_NAME.test(next.toLowerCase());
}

/** The first that fits is it: "acoustic demo" is a demo, "single version" no version of its own. */
const PATTERNS: [VariantKind, RegExp | RegExp[]][] = [
  ["demo", DEMO],
  ["instrumental", INSTRUMENTAL],
  ["acoustic", ACOUSTIC],
  ["original", SAME],
  ["edit", EDIT],
  ["remaster", REMASTER],
  ["remix", REMIX],
  ["original", EDITION],
  ["alternate", ALTERNATE],
];

/** The kind that words such as "2011 remaster" or "acoustic" stand for. */
function kindOf(words: string): VariantKind | null {
  const [kind] = PATTERNS.find(([, patterns]) => [patterns].flat().some((pattern) => pattern.test(words))) ?? [];
  return kind ?? null;
}

function readPiece(shown: string): Mark | null {
  const words = shown.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[‐‑]/g, "-").normalize("NFC").toLowerCase();
  if (GUEST.test(words) || namesGuest(shown)) return { kind: "original", live: false };
  if (/^live à /iu.test(shown) || LIVE.some((pattern) => pattern.test(words))) return { kind: "live", live: true };
  const kind = COVER.test(words) ? "original" : kindOf(words);
  return kind && { kind, live: false };
}

/** The strongest kind of several marks, and all that they say. */
export function joined(marks: Mark[]): Mark {
  const strongest = Math.max(0, ...marks.map(({ kind }) => VARIANT_KINDS.indexOf(kind)));
  return { kind: VARIANT_KINDS[strongest]!, live: marks.some(({ live }) => live) };
}

const PART = /^(?:parts?|pts?\.?|vol\.?|no\.?|#) ?[\p{N}ivx]+$/iu;
const PART_BEFORE = /^((?:parts?|pts?\.?|vol\.?) ?[\p{N}ivx]+)[\s,;:/-]+(.+)$/iu;

/**
 * What the words in brackets or after a dash say of the recording, and what of them stays in the title ("Part 1, Take 2" leaves "Part 1").
 * Null for words that are a part of the title.
 */
export function readMark(shown: string): { mark: Mark; kept: string } | null {
  const text = shown.trim();
  if (text === "" || text.length > LONGEST_MARK) return null;
  const [, part, rest] = PART_BEFORE.exec(text) ?? [];
  if (part === undefined || rest === undefined) return readWords(text);
  const read = readWords(rest);
  return read && { ...read, kept: part };
}

function readWords(text: string): { mark: Mark; kept: string } | null {
  const pieces = text.split(/\s*[,;/]\s*|\s+-\s+/).filter((piece) => piece !== "");
  const marks = pieces.map(readPiece);
  const found = marks.filter((each) => each !== null);
  const whole = readPiece(text);
  if (whole || marks[0]) return { mark: joined(whole ? [whole, ...found] : found), kept: "" };
  const last = marks.at(-1);
  if (!last) return null;
  const others = pieces.filter((_, at) => marks[at] === null);
  if (others.every((piece) => PART.test(piece))) return { mark: joined(found), kept: others.join(", ") };
  return last.live || last.kind === "remaster" || last.kind === "remix" ? { mark: joined(found), kept: "" } : null;
}

/** What a provider's own note says of the recording; words that it does not know say nothing. */
export function readNote(note: string): Mark {
  const pieces = note.slice(0, 500).split(/[,;:/()[\]]+/).map((piece) => piece.trim());
  return joined(pieces.map(readPiece).filter((each) => each !== null));
}
