import { mergesInList, rowsOfMerges, type ListedMerge } from "#db/queries/merge-lists.ts";
import { iso } from "../domain/instant.ts";
import type { LinkKind } from "../domain/matching/link-file.ts";
import { broughtBack } from "../domain/matching/merge-words.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Reader } from "./reader.ts";

export interface MergeSummary {
  id: number;
  kind: LinkKind;
  /** What went, by the name it had. */
  from: { id: number; name: string };
  /** What it became, by the name it had then. */
  into: { id: number; name: string };
  at: string;
  /** Null where nobody was asked, where it was the operator, and where the account is gone. */
  by: string | null;
  undoneAt: string | null;
  undoneBy: string | null;
  /** What comes back where it is undone, such as "3 shows". */
  brings: string[];
}

/** One page of merges, latest first. Throws `invalid` for a made-up cursor. */
export async function listMerges(reader: Reader, { cursor, limit }: { cursor?: string | undefined; limit: number }): Promise<{ items: MergeSummary[]; nextCursor: string | null }> {
  const before = cursor === undefined ? undefined : decodeCursor(cursor, ["number"])[0];
  const rows = await mergesInList(reader, { before, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: await mergeSummaries(reader, page), nextCursor: last && rows.length > page.length ? encodeCursor([last.id]) : null };
}

export async function mergeSummaries(reader: Reader, merges: readonly ListedMerge[]): Promise<MergeSummary[]> {
  const moved = Map.groupBy(await rowsOfMerges(reader, merges.map(({ id }) => id)), ({ id }) => id);
  return merges.map(({ fromId, fromName, intoId, intoName, at, undoneAt, ...merge }) => ({
    ...merge,
    from: { id: fromId, name: fromName },
    into: { id: intoId, name: intoName },
    at: iso(at),
    undoneAt: undoneAt === null ? null : iso(undoneAt),
    brings: broughtBack(moved.get(merge.id) ?? []),
  }));
}
