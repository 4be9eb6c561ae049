import { countMatches, decidedMatches, idsByConfidence, matchesByIds, type ListedMatch, type MatchPlace, type MatchStatus } from "#db/queries/match-lists.ts";
import { invalid } from "../domain/errors.ts";
import { iso } from "../domain/instant.ts";
import type { LinkKind } from "../domain/matching/link-file.ts";
import { explainEvidence, type Said } from "../domain/matching/words.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { namesOfMatches, type MatchName } from "./match-names.ts";
import type { Reader } from "./reader.ts";

export type { MatchStatus };

/**
 * In this order they are settled: an artist joined takes shows and songs along, and one kind after the other lets the eye
 * know where to look.
 */
export const KINDS_IN_ORDER: readonly LinkKind[] = ["artist", "venue", "show", "song"];

export interface MatchSummary {
  id: number;
  kind: LinkKind;
  status: MatchStatus;
  /** 0 to 1. */
  confidence: number;
  /** One of ours. */
  subject: MatchName;
  /** Another one of ours, or a provider's record. */
  other: MatchName;
  /** What speaks for and against, in the order in which it counts. */
  evidence: Said[];
  foundAt: string;
  decidedAt: string | null;
  /** Null where nobody was asked, where it was the operator, and where the account is gone. */
  decidedBy: string | null;
}

export type MatchCounts = Record<MatchStatus, Record<LinkKind, number>>;

export interface MatchesQuery {
  status: MatchStatus;
  kind?: LinkKind | undefined;
  cursor?: string | undefined;
  limit: number;
}

export interface MatchList {
  items: MatchSummary[];
  nextCursor: string | null;
  counts: MatchCounts;
}

/**
 * One page of matches: of those to review the most certain first, of those joined without asking the least certain, and of
 * those decided the latest. Throws `invalid` for a made-up cursor.
 */
export async function listMatches(reader: Reader, query: MatchesQuery): Promise<MatchList> {
  const rows = await pageOf(reader, { ...query, limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: await summariesOf(reader, page),
    nextCursor: last && rows.length > page.length ? cursorOf(query.status, last) : null,
    counts: await matchCounts(reader),
  };
}

async function pageOf(reader: Reader, { status, kind, cursor, limit }: MatchesQuery): Promise<ListedMatch[]> {
  if (status === "review" || status === "automatic") {
    const after = cursor === undefined ? undefined : toPlace(cursor);
    return inOrder(reader, await idsByConfidence(reader, { status, kinds: kind ? [kind] : KINDS_IN_ORDER, after, limit }));
  }
  const [decidedAt, id] = cursor === undefined ? [] : decodeCursor(cursor, ["number", "number"]);
  return decidedMatches(reader, { status, kind, limit, before: decidedAt === undefined ? undefined : { decidedAt, id: id! } });
}

async function inOrder(reader: Reader, ids: number[]): Promise<ListedMatch[]> {
  const rows = new Map((await matchesByIds(reader, ids)).map((row) => [row.id, row]));
  return ids.map((id) => rows.get(id)!);
}

function cursorOf(status: MatchStatus, { kind, confidence, id, decidedAt }: ListedMatch): string {
  return encodeCursor(status === "review" || status === "automatic" ? [kind, String(confidence), id] : [decidedAt ?? 0, id]);
}

function toPlace(cursor: string): MatchPlace {
  const [named, text, id] = decodeCursor(cursor, ["string", "string", "number"]);
  const kind = KINDS_IN_ORDER.find((one) => one === named);
  const confidence = Number(text);
  if (!kind || !Number.isFinite(confidence)) throw invalid("cursor", "This cursor is not one that a list gave out.");
  return { kind, confidence, id };
}

async function matchCounts(reader: Reader): Promise<MatchCounts> {
  const none = () => ({ artist: 0, venue: 0, show: 0, song: 0 });
  const counts: MatchCounts = { review: none(), automatic: none(), approved: none(), rejected: none() };
  for (const { status, kind, n } of await countMatches(reader)) counts[status][kind] = n;
  return counts;
}

/** Rows of matches as pages show them. */
export async function summariesOf(reader: Reader, rows: readonly ListedMatch[]): Promise<MatchSummary[]> {
  const names = await namesOfMatches(reader, rows);
  return rows.map(({ id, kind, status, confidence, evidence, foundAt, decidedAt, decidedBy }) => {
    const [subject, other] = names.get(id)!;
    return {
      id,
      kind,
      status,
      confidence,
      subject,
      other,
      evidence: evidence.list.map((each) => explainEvidence(each, kind)),
      foundAt: iso(foundAt),
      decidedAt: decidedAt === null ? null : iso(decidedAt),
      decidedBy,
    };
  });
}
