/** "This one is that one": after it only `into` is left. */
export interface MergeLink {
  from: number;
  into: number;
}

export type MergeFault =
  /** Following the links one comes back to where one began; in the order of the links. */
  | { reason: "cycle"; ids: number[] }
  /** One is to become two others. */
  | { reason: "contradiction"; from: number; into: number[] };

export interface MergeGroup {
  /** The one that stays. */
  into: number;
  /** Those that become it, sorted. */
  absorbed: number[];
}

export type MergePlan = { ok: true; groups: MergeGroup[] } | { ok: false; faults: MergeFault[] };

/** Follows chains of links to the one that stays. Whatever the order of the links the plan is the same; with any fault nothing is planned. */
export function planMerge(links: MergeLink[]): MergePlan {
  const targets = new Map<number, Set<number>>();
  for (const { from, into } of links) targets.set(from, (targets.get(from) ?? new Set()).add(into));
  const faults: MergeFault[] = [...targets].filter(([, into]) => into.size > 1).map(([from, into]) => ({ reason: "contradiction", from, into: sorted(into) }));
  const next = new Map([...targets].map(([from, into]) => [from, [...into][0]!]));
  const cycles = faults.length > 0 ? [] : cyclesOf(next);
  if (faults.length + cycles.length > 0) return { ok: false, faults: [...faults.toSorted(byFirst), ...cycles] };
  return { ok: true, groups: groupsOf(next) };
}

function sorted(ids: Iterable<number>): number[] {
  return [...ids].sort((a, b) => a - b);
}

function byFirst(a: MergeFault, b: MergeFault): number {
  const first = (fault: MergeFault) => (fault.reason === "cycle" ? fault.ids[0]! : fault.from);
  return first(a) - first(b);
}

/** Each cycle once, from its smallest id. */
function cyclesOf(next: Map<number, number>): MergeFault[] {
  const seen = new Set<number>();
  const cycles: number[][] = [];
  for (const start of sorted(next.keys())) {
    const path = new Set<number>();
    let id: number | undefined = start;
    while (id !== undefined && !seen.has(id) && !path.has(id)) {
      path.add(id);
      id = next.get(id);
    }
    if (id !== undefined && path.has(id)) cycles.push(fromSmallest([...path].slice([...path].indexOf(id))));
    for (const each of path) seen.add(each);
  }
  return cycles.map((ids): MergeFault => ({ reason: "cycle", ids })).sort(byFirst);
}

function fromSmallest(ids: number[]): number[] {
  const at = ids.indexOf(ids.reduce((least, id) => Math.min(least, id)));
  return [...ids.slice(at), ...ids.slice(0, at)];
}

/** With the paths shortened as they are walked, so that a long chain costs one walk. */
function groupsOf(next: Map<number, number>): MergeGroup[] {
  const ends = new Map<number, number>();
  for (const start of next.keys()) {
    const path: number[] = [];
    let id = start;
    while (next.has(id) && !ends.has(id)) {
      path.push(id);
      id = next.get(id)!;
    }
    const end = ends.get(id) ?? id;
    for (const each of path) ends.set(each, end);
  }
  const groups = Map.groupBy(ends.keys(), (id) => ends.get(id)!);
  return [...groups].map(([into, absorbed]) => ({ into, absorbed: sorted(absorbed) })).sort((a, b) => a.into - b.into);
}

/** A row that belongs to what is merged: a fan's follow, a vote, an identity. */
export interface OwnedRow {
  table: string;
  /** What is there once for each owner: the fan who follows, the provider's id. */
  key: string;
  owner: number;
}

function name({ table, key }: OwnedRow): string {
  return JSON.stringify([table, key]);
}

/** What a merge did, so that it can be undone: rows that were moved, and rows that would have been there twice. */
export interface MergeLog {
  into: number;
  absorbed: number[];
  moved: OwnedRow[];
  /** Taken out, as the one that stays has such a row already. */
  setAside: OwnedRow[];
}

/** What becomes of each row of those absorbed, in a fixed order; each row is named with the owner it had. */
export function planMoves({ into, absorbed }: MergeGroup, rows: OwnedRow[]): MergeLog {
  const there = new Set(rows.filter(({ owner }) => owner === into).map(name));
  const moved: OwnedRow[] = [];
  const setAside: OwnedRow[] = [];
  const gone = new Set(absorbed);
  const coming = rows.filter(({ owner }) => gone.has(owner)).sort((a, b) => a.owner - b.owner || (name(a) < name(b) ? -1 : 1));
  for (const row of coming) {
    if (there.has(name(row))) setAside.push(row);
    else moved.push(row);
    there.add(name(row));
  }
  return { into, absorbed, moved, setAside };
}

/** The rows after a merge. */
export function afterMerge(rows: OwnedRow[], log: MergeLog): OwnedRow[] {
  const stay = rows.filter(({ owner }) => !log.absorbed.includes(owner));
  return [...stay, ...log.moved.map((row) => ({ ...row, owner: log.into }))];
}

/** The rows after the merge is undone: what was moved goes back if it is still there, what was set aside is there again, and what came since stays. */
export function afterUndo(rows: OwnedRow[], log: MergeLog): OwnedRow[] {
  const was = new Map(log.moved.map((row) => [name(row), row]));
  const back = rows.map((row) => (row.owner === log.into ? (was.get(name(row)) ?? row) : row));
  const owned = (row: OwnedRow) => JSON.stringify([name(row), row.owner]);
  const there = new Set(back.map(owned));
  return [...back, ...log.setAside.filter((row) => !there.has(owned(row)))];
}
