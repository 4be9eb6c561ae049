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
