import { joined, readMark, readNote, type Mark } from "./title-marks.ts";
import { titleKey } from "./title-key.ts";

/** Grows when the rules of this folder change what they say of a title: keys stored before are then stale. */
export const TITLE_RULES = 1;

export interface TitleReading extends Mark {
  /** What to show: as the provider writes it, without the words that tell a recording from others. */
  title: string;
  /** What all titles of the song share. Never empty. */
  key: string;
}

/** Longer ones, in UTF-16 units, are texts rather than titles, and are left whole. */
const LONGEST_READ = 500;
const NOTHING_SHOWN = "[untitled]";

const CLOSING: Record<string, string> = { "(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "【": "】", "〔": "〕" };
const BRACKET = /[()[\]{}（）［］【】〔〕]/g;
const DASH = /\s+[-–—―~〜～]+\s+|\s*[–—]\s+/;
/** Live words at the end that no title of its own ends in, even without brackets. */
const BARE_MARK = /^(.*\S)\s+(?:ao vivo|en vivo|en directo|dal vivo|radio edit|single version|album version|(?:\d{4} )?remaster(?:ed)?(?: (?:version|\d{4}))?)$/iu;
/** Japanese titles set such words between dashes: "Yume -acoustic ver.-", "Yume～Live ver.～". */
const BETWEEN_DASHES = /^(.*[^\s~〜～])(?:\s+[-–]([^-–]+)[-–]|\s*[~〜～]([^~〜～]+)[~〜～])$/u;
/** "700 ft. Ceiling" is measured in feet. */
const BARE_GUEST = /(?<!\p{N})\s(?:feat\.?|ft\.|featuring)\s/iu;

function tidy(text: string): string {
  return text.replace(/[\s\p{Zs}]+/gu, " ").trim();
}

interface Stripped {
  text: string;
  marks: Mark[];
}

/** Takes out the brackets that say something of the recording, at any place and depth. */
function stripBrackets(title: string): Stripped {
  const marks: Mark[] = [];
  const open: { sign: string; text: string }[] = [{ sign: "", text: "" }];
  let from = 0;
  for (const { 0: sign, index } of title.matchAll(BRACKET)) {
    open.at(-1)!.text += title.slice(from, index);
    from = index + sign.length;
    const inner = open.at(-1)!;
    if (sign in CLOSING) open.push({ sign, text: "" });
    else if (CLOSING[inner.sign] === sign) open.at(-2)!.text += closed(open.pop()!, sign, marks);
    else inner.text += sign;
  }
  open.at(-1)!.text += title.slice(from);
  return { text: tidy(open.map(({ sign, text }) => sign + text).join("")), marks };
}

/** What stays of a pair of brackets. */
function closed({ sign, text }: { sign: string; text: string }, end: string, marks: Mark[]): string {
  const read = readMark(text);
  if (read === null) return text.trim() === "" ? " " : sign + text.trimEnd() + end;
  marks.push(read.mark);
  return read.kept === "" ? " " : sign + read.kept + end;
}

/** Cuts what follows a dash and says something of the recording: from "Live" on all of it. */
function stripDashes(title: string): Stripped {
  const parts = title.split(DASH);
  if (parts.length === 1) return { text: title, marks: [] };
  const read = parts.map((part, at) => (at === 0 ? null : readMark(part)));
  const first = read.findIndex((mark, at) => mark !== null && (mark.mark.live || read.slice(at).every((later) => later !== null)));
  if (first === -1) return { text: title, marks: [] };
  const marks = read.slice(first).flatMap((mark) => mark?.mark ?? []);
  const cut = startOf(title, first);
  const kept = read[first]!.kept;
  return { text: kept === "" ? title.slice(0, cut.dash).trim() : title.slice(0, cut.part) + kept, marks };
}

/** Where the nth dash of a title begins, and where the words after it do. */
function startOf(title: string, nth: number): { dash: number; part: number } {
  const dashes = [...title.matchAll(new RegExp(DASH, "g"))];
  const { 0: dash, index } = dashes[nth - 1]!;
  return { dash: index, part: index + dash.length };
}

function stripBare(title: string): Stripped {
  const guest = title.search(BARE_GUEST);
  if (guest > 0) return { text: title.slice(0, guest).trim(), marks: [] };
  const [, before, dashed, waved] = BETWEEN_DASHES.exec(title) ?? [];
  const between = readMark(dashed ?? waved ?? "");
  if (before !== undefined && between?.kept === "") return { text: before, marks: [between.mark] };
  const [, text] = BARE_MARK.exec(title) ?? [];
  if (text === undefined) return { text: title, marks: [] };
  const read = readMark(title.slice(text.length));
  return read ? { text, marks: [read.mark] } : { text: title, marks: [] };
}

/** Strips again until nothing is left to strip: each way can lay open what another one takes. */
function strip(title: string): Stripped {
  const marks: Mark[] = [];
  let text = title;
  for (;;) {
    const next = [stripBrackets, stripDashes, stripBare]
      .map((take) => take(text))
      .find((taken) => taken.text !== text && titleKey(taken.text) !== "");
    if (!next) return { text, marks };
    text = next.text;
    marks.push(...next.marks);
  }
}

/** What a title (and the provider's note beside it) says: the song's own title and key, and what kind of recording this is. */
export function readTitle(title: string, note: string | null = null): TitleReading {
  const whole = tidy(title.normalize("NFC"));
  const { text, marks } = whole.length > LONGEST_READ ? { text: whole, marks: [] } : strip(whole);
  const shown = titleKey(text) === "" ? NOTHING_SHOWN : text;
  return { ...joined([...marks, ...(note === null ? [] : [readNote(note)])]), title: shown, key: titleKey(shown) };
}
