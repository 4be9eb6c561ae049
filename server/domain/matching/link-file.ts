import { PROVIDERS, type Provider } from "../provider-records.ts";
import type { CsvRow } from "./csv.ts";
import type { MergeFault } from "./merge-plan.ts";

/** What a file of links may say in its columns, in this order. */
export const LINK_HEADER = ["action", "kind", "id", "provider", "provider_id", "into"] as const;

export const LINK_KINDS = ["artist", "venue", "show", "song"] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** `approve` and `reject` are of one of ours and a provider's id; `merge` makes one of ours another. */
export type LinkLine =
  | { line: number; action: "approve" | "reject"; kind: LinkKind; id: number; provider: Provider; providerId: string }
  | { line: number; action: "merge"; kind: LinkKind; id: number; into: number };

export type LinkFault =
  | { line: number; reason: "wrong_header"; expected: string; found: string }
  | { line: number; reason: "half_line"; cells: number }
  | { line: number; reason: "unknown_action" | "unknown_kind" | "unknown_provider" | "not_an_id"; found: string }
  | { line: number; reason: "unknown_id"; kind: LinkKind; id: number }
  | { line: number; reason: "contradiction"; with: number }
  | { line: null; reason: "merge"; kind: LinkKind; fault: MergeFault };

export function checkHeader({ line, cells }: CsvRow): LinkFault | null {
  const found = cells.map((name) => name.trim().toLowerCase()).join(",");
  const expected = LINK_HEADER.join(",");
  return found === expected ? null : { line, reason: "wrong_header", expected, found: found.slice(0, 200) };
}

function isOf<T extends string>(names: readonly T[], name: string): name is T {
  return (names as readonly string[]).includes(name);
}

function idOf(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

/** Spaces around a cell are somebody's layout; a tab or a line break is part of a provider's id. */
function withoutSpaces(text: string): string {
  return text.replace(/^ +| +$/g, "");
}

/** Reads one row after the header. */
export function readLink({ line, cells }: CsvRow): LinkLine | LinkFault {
  if (cells.length !== LINK_HEADER.length) return { line, reason: "half_line", cells: cells.length };
  const [action, kind, ours, provider, providerId, into] = cells.map(withoutSpaces) as [string, string, string, string, string, string];
  if (!isOf(["approve", "reject", "merge"] as const, action)) return { line, reason: "unknown_action", found: action };
  if (!isOf(LINK_KINDS, kind)) return { line, reason: "unknown_kind", found: kind };
  const id = idOf(ours);
  if (id === null) return { line, reason: "not_an_id", found: ours };
  if (action === "merge") {
    const target = idOf(into);
    return target === null ? { line, reason: "not_an_id", found: into } : { line, action, kind, id, into: target };
  }
  if (!isOf(PROVIDERS, provider)) return { line, reason: "unknown_provider", found: provider };
  return providerId === "" ? { line, reason: "not_an_id", found: "" } : { line, action, kind, id, provider, providerId };
}

export function isLinkFault(read: LinkLine | LinkFault): read is LinkFault {
  return "reason" in read;
}

/** The cells of a line, for `csvLine`. */
export function linkCells(link: Omit<Extract<LinkLine, { action: "approve" | "reject" }>, "line"> | Omit<Extract<LinkLine, { action: "merge" }>, "line">): string[] {
  return link.action === "merge" ? [link.action, link.kind, String(link.id), "", "", String(link.into)] : [link.action, link.kind, String(link.id), link.provider, link.providerId, ""];
}
