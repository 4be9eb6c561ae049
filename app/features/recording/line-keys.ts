import { lineName, type Draft, type DraftLine } from "#server/domain/setlists/draft.ts";

/** The draft with a key for each line that lacks one, or has another line's. Keys that are there stay. */
export function keyed(draft: Draft): Draft {
  const taken = new Set<number>();
  let last = Math.max(0, ...draft.map(({ key }) => key ?? 0));
  return draft.map((line): DraftLine => {
    const key = line.key !== undefined && !taken.has(line.key) ? line.key : (last += 1);
    taken.add(key);
    return key === line.key ? line : { ...line, key };
  });
}

/** What the server made of a draft, with the draft's keys: a medley that it took apart begins under the key of the whole. */
export function keyedAs(before: Draft, after: Draft): Draft {
  const same = (a: DraftLine | undefined, b: DraftLine | undefined) => a !== undefined && b !== undefined && lineName(a) === lineName(b);
  let begin = 0;
  while (same(before[begin], after[begin])) begin += 1;
  let end = 0;
  const shorter = Math.min(before.length, after.length);
  while (end < shorter - begin && same(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const keyOf = (i: number) => (i < after.length - end ? before.slice(0, before.length - end)[i]?.key : before[i - after.length + before.length]?.key);
  return keyed(after.map((line, i) => withKey(line, keyOf(i))));
}

function withKey(line: DraftLine, key: number | undefined): DraftLine {
  const { key: _, ...rest } = line;
  return key === undefined ? rest : { ...rest, key };
}
