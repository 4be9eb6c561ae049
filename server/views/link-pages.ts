import { DECIDED, decidedPage, FIRST_IDENTITY, identityPage, mergePage, type IdentityMark, type IdentityRow, type LinkRow, type MatchMark } from "#db/queries/link-export.ts";
import type { LinkLine } from "../domain/matching/link-file.ts";
import type { Reader } from "./reader.ts";

/** A line of a file of links, without its place in the file. */
export type ExportedLink = LinkLine extends infer L ? (L extends LinkLine ? Omit<L, "line"> : never) : never;

/** Rows read at once: some milliseconds, in which nobody else is answered. */
const ROWS_AT_ONCE = 1_000;

/**
 * All that is known of whose providers' ids are ours, and of ours that have become one, in a fixed order and page by page:
 * what was linked automatically as approved, as what a file says is a person's word.
 */
export async function* linkPages(reader: Reader): AsyncGenerator<ExportedLink[]> {
  for (const kind of ["artist", "venue", "show"] as const) {
    yield* paged<IdentityMark, IdentityRow>((after, limit) => identityPage(reader, kind, after, limit), FIRST_IDENTITY, lineOf);
  }
  for (const decided of DECIDED) {
    const page = async (after: MatchMark, limit: number) =>
      (await decidedPage(reader, decided, after, limit)).map((row) => ({ link: lineOf(row), confidence: row.confidence, id: row.matchId }));
    yield* paged(page, { confidence: -1, id: 0 }, ({ link }) => link);
  }
  yield* paged(
    ({ mergeId }, limit) => mergePage(reader, mergeId, limit),
    { mergeId: 0 },
    ({ kind, id, into }): ExportedLink => ({ action: "merge", kind, id, into }),
  );
}

/** Reads pages, each from where the one before has ended. */
async function* paged<M, R extends M>(read: (after: M, limit: number) => Promise<R[]>, first: M, toLine: (row: R) => ExportedLink): AsyncGenerator<ExportedLink[]> {
  for (let after: M = first; ; ) {
    const rows = await read(after, ROWS_AT_ONCE);
    if (rows.length > 0) yield rows.map(toLine);
    if (rows.length < ROWS_AT_ONCE) return;
    after = rows.at(-1)!;
  }
}

function lineOf({ kind, id, provider, providerId, rejected }: LinkRow): ExportedLink {
  return { action: rejected ? "reject" : "approve", kind, id, provider, providerId };
}
