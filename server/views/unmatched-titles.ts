import { countUnmatched, listUnmatched, type TitlePlace, type TitleStatus } from "#db/queries/unmatched-titles.ts";
import { iso } from "../domain/instant.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Reader } from "./reader.ts";

/** A played title that is none of its artist's songs. */
export interface UnmatchedTitle {
  artist: { id: number; slug: string; name: string };
  /** Tells it from the artist's other titles. */
  titleKey: string;
  /** As it was written down. */
  title: string;
  coverOf: string | null;
  /** In how many setlists it is. */
  times: number;
  /** yyyy-mm-dd. */
  lastPlayedOn: string;
  /** The song that it is most like, and how sure that is, 0 to 1. */
  suggestion: { songId: number; title: string; confidence: number } | null;
  /** ISO instant; null while nobody has decided. */
  decidedAt: string | null;
  /** Null too where that account is gone. */
  decidedBy: string | null;
}

export interface UnmatchedList {
  items: UnmatchedTitle[];
  nextCursor: string | null;
  counts: Record<TitleStatus, number>;
}

/** One page of titles in one state, the most played first. Throws `invalid` for a made-up cursor. */
export async function unmatchedTitles(reader: Reader, { status, cursor, limit }: { status: TitleStatus; cursor?: string | undefined; limit: number }): Promise<UnmatchedList> {
  const rows = await listUnmatched(reader, { status, after: cursor === undefined ? undefined : placeOf(cursor), limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ suggestion, confidence, decidedAt, ...title }) => ({
      ...title,
      suggestion: suggestion === null ? null : { ...suggestion, confidence: confidence ?? 0 },
      decidedAt: decidedAt === null ? null : iso(decidedAt),
    })),
    nextCursor: last && rows.length > page.length ? encodeCursor([last.times, last.artist.id, last.titleKey]) : null,
    counts: await countUnmatched(reader),
  };
}

function placeOf(cursor: string): TitlePlace {
  const [times, artistId, titleKey] = decodeCursor(cursor, ["number", "number", "string"]);
  return { times, artistId, titleKey };
}
