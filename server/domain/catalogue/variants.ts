import type { Provider, SongRecord } from "../provider-records.ts";
import { VARIANT_KINDS, type VariantKind } from "./title-marks.ts";
import { readTitle } from "./titles.ts";

/** One recording of a song in one artist's catalogue, as it is stored: by its provider and id. */
export interface Variant {
  provider: Provider;
  id: string;
  /** As the provider writes it. */
  title: string;
  note: string | null;
  workId: string | null;
  /** By the title rules; what equal songs share. */
  key: string;
  kind: VariantKind;
  live: boolean;
  video: boolean;
  durationMs: number | null;
  /** yyyy, yyyy-mm or yyyy-mm-dd. */
  releasedOn: string | null;
}

/** A variant that is in the database, with the song that it is of. */
export interface StoredVariant extends Variant {
  songId: number;
}

export function variantOf(provider: Provider, record: SongRecord): Variant {
  const { id, title, note, workId, video, durationMs, releasedOn } = record;
  const { key, kind, live } = readTitle(title, note);
  return { provider, id, title, note, workId, key, kind, live, video, durationMs, releasedOn };
}

/** What a variant is found by. */
export function variantId({ provider, id }: Pick<Variant, "provider" | "id">): string {
  return `${provider} ${id}`;
}

/** By code points, which does not depend on a language. */
export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const NO_DATE = "~";

/**
 * Which of two variants says better what the song is called: a recording before a film, the plainest kind, the earliest release (none
 * known last), the shortest title, then code points; provider and id last, so that no two are equal.
 */
export function byPlainness(a: Variant, b: Variant): number {
  return (
    Number(a.video) - Number(b.video) ||
    VARIANT_KINDS.indexOf(a.kind) - VARIANT_KINDS.indexOf(b.kind) ||
    byCodePoint(a.releasedOn ?? NO_DATE, b.releasedOn ?? NO_DATE) ||
    a.title.length - b.title.length ||
    byCodePoint(a.title, b.title) ||
    byCodePoint(variantId(a), variantId(b))
  );
}

/** The plainest of some variants; of none there is none. */
export function plainest<V extends Variant>(variants: V[]): V | undefined {
  return variants.reduce<V | undefined>((best, each) => (best === undefined || byPlainness(each, best) < 0 ? each : best), undefined);
}
