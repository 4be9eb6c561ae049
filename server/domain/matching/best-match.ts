import { contested, REVIEW_FROM, type Score } from "./evidence.ts";

export interface Candidate<T> {
  of: T;
  score: Score;
}

function isStated({ score: { evidence } }: Candidate<unknown>): boolean {
  return evidence.some(({ kind }) => kind === "stated_id");
}

/**
 * Those worth a look, the likeliest first. Where several would be joined at once, only a single one with a stated id still is: two of
 * one name are for a person to tell apart.
 */
export function rankMatches<T>(candidates: Candidate<T>[]): Candidate<T>[] {
  const ranked = candidates.filter((each) => each.score.confidence >= REVIEW_FROM).toSorted((a, b) => Number(isStated(b)) - Number(isStated(a)) || b.score.confidence - a.score.confidence);
  const strong = ranked.filter((each) => each.score.verdict === "automatic");
  const stated = strong.filter(isStated);
  if (strong.length < 2) return ranked;
  const winner = stated.length === 1 ? stated[0] : undefined;
  return ranked.map((each) => (each.score.verdict === "automatic" && each !== winner ? withRivals(each, strong.length - 1) : each));
}

/** One that others fit just as well: for a person to tell them apart. */
export function withRivals<T>({ of, score }: Candidate<T>, count: number): Candidate<T> {
  return { of, score: contested(score, [{ kind: "rivals", count }]) };
}
