import type { CsvError } from "./csv.ts";
import { LINK_HEADER, LINK_KINDS, type LinkFault, type LinkKind } from "./link-file.ts";
import { PROVIDERS } from "../provider-records.ts";

/** Why a file of links is not carried out. `line` is that of the file, or the place in a JSON list, from 1; null where it is of the whole. */
export type FileFault =
  | LinkFault
  | CsvError
  /** The end is missing: of a quote, of a list, or of a line that may have been longer. */
  | { line: number; reason: "cut_off" }
  | { line: number; reason: "not_json" | "not_a_link" | "item_too_long" }
  | { line: null; reason: "too_large"; most: number }
  | { line: null; reason: "too_many_merges"; count: number; most: number }
  | { line: number; reason: "linked_elsewhere"; kind: LinkKind; id: number; name: string }
  | { line: number; reason: "merged_elsewhere"; kind: LinkKind; id: number; into: number }
  | { line: number; reason: "unknown_recording" | "own_recording" }
  /** What a merge says itself of why it can't be. */
  | { line: number; reason: "refused"; message: string };

/** What became of a file: how many lines changed something, or why nothing was changed. */
export type LinkFileOutcome = { ok: true; lines: number; approved: number; rejected: number; merged: number } | { ok: false; faults: FileFault[]; count: number };

/** As many faults as are told one by one. */
export const FAULTS_TOLD = 100;

/** Keeps the first faults of a file, and counts all. */
export class Faults {
  readonly told: FileFault[] = [];
  count = 0;

  add(fault: FileFault): void {
    this.count += 1;
    if (this.told.length < FAULTS_TOLD) this.told.push(fault);
  }

  outcome(): LinkFileOutcome & { ok: false } {
    return { ok: false, faults: this.told.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)), count: this.count };
  }
}

/** A fault as a sentence that says what to do, such as "Line 3: …". */
export function faultWords(fault: FileFault, format: "csv" | "json" = "csv"): string {
  const unit = format === "csv" || fault.reason === "other_encoding" ? "Line" : "Item";
  const place = fault.line === null ? "" : `${unit} ${fault.line}: `;
  return place + WORDS[fault.reason](fault as never, format);
}

const quoted = (text: string) => (text === "" ? "nothing" : `"${text.slice(0, 80)}"`);
const oneOf = (names: readonly string[]) => `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;

/** Twenty of those that go round. */
const round = (ids: number[]) => [...ids.slice(0, 20), ids.length > 20 ? "…" : null, ids[0]].filter((id) => id !== null).join(" → ");

type Words = { [R in FileFault["reason"]]: (fault: Extract<FileFault, { reason: R }>, format: "csv" | "json") => string };

const WORDS: Words = {
  wrong_header: ({ found, expected }) => `The first line must be ${expected}; it is ${quoted(found)}.`,
  half_line: (fault) =>
    "cells" in fault ? `It has ${fault.cells} cells and must have ${LINK_HEADER.length}; an empty one is a comma too. Is the file whole?` : "A quote is never closed. Is the file whole?",
  cut_off: (_, format) => (format === "csv" ? "The line does not end. Is the file whole? If it is, add a line break." : "The list does not end. Is the file whole?"),
  stray_quote: () => 'A quote stands inside a cell. Put the cell in quotes, and write "" for each quote in it.',
  cell_too_long: () => "A cell is longer than 100,000 characters. Is a quote missing?",
  other_encoding: () => "The file is not in UTF-8. Save it as UTF-8 (in Excel: CSV UTF-8).",
  not_json: () => 'This is no JSON list of links. It must look like [{"action": "approve", …}, …].',
  not_a_link: () => `It must be an object with texts and numbers under ${oneOf(LINK_HEADER)}, and nothing else.`,
  item_too_long: () => "It is longer than 100,000 characters, which no link is.",
  unknown_action: ({ found }) => `${quoted(found)} is no action. Give approve, reject or merge.`,
  unknown_kind: ({ found }) => `${quoted(found)} is no kind. Give ${oneOf(LINK_KINDS)}.`,
  unknown_provider: ({ found }) => `${quoted(found)} is no provider. Give ${oneOf(PROVIDERS)}.`,
  not_an_id: ({ found }) => `${quoted(found)} is no id. Give the number of one of ours, or a provider's id.`,
  unknown_id: ({ kind, id }) => `There is no ${kind} ${id}.`,
  contradiction: (fault) => `It says otherwise than line ${fault.with}. Remove one of the two.`,
  merge: ({ kind, fault }) =>
    fault.reason === "cycle"
      ? `The merges of ${kind}s ${round(fault.ids)} go round. Remove one of them.`
      : `The ${kind} ${fault.from} can't become both ${fault.into.slice(0, 2).join(" and ")}. Remove one of the two.`,
  too_large: ({ most }) => `The file is larger than ${most / 1024 / 1024} MB. Split it.`,
  too_many_merges: ({ count, most }) => `The file asks for ${count} merges; at most ${most} are done at once. Split it.`,
  linked_elsewhere: ({ kind, id, name }) => `It is linked to the ${kind} ${name} (${id}). Merge the two, or reject it there in the same file.`,
  merged_elsewhere: ({ kind, id, into }) => `The ${kind} ${id} has become ${into} already. Undo that merge first, or name ${into}.`,
  unknown_recording: () => "The song's artist has no such recording.",
  own_recording: () => "It is a recording of this song; only a merge that brought it here can be undone.",
  refused: ({ message }) => message,
};

/** The answer to a file, in words. */
export type LinkFileAnswer = { ok: true; dryRun: boolean; words: string } | { ok: false; problems: string[]; more: number };

/** Says what became of a file, or what is wrong with it. */
export function answerWords(outcome: LinkFileOutcome, { dryRun, format }: { dryRun: boolean; format: "csv" | "json" }): LinkFileAnswer {
  if (!outcome.ok) return { ok: false, problems: outcome.faults.map((fault) => faultWords(fault, format)), more: outcome.count - outcome.faults.length };
  const { lines, approved, rejected, merged } = outcome;
  const done = [count(approved, "link approved", "links approved"), count(rejected, "link rejected", "links rejected"), count(merged, "merge", "merges")];
  const words = `${dryRun ? "It would be: " : ""}${done.join(", ")}, of ${count(lines, "line", "lines")}. What was so already stays as it was.`;
  return { ok: true, dryRun, words: dryRun ? `${words} Nothing was changed.` : words };
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
