/** Records of one list: that came in, and that there are in all; null where nobody has said. */
export interface ListCount {
  read: number;
  of: number | null;
}

export interface PaceFacts {
  /** Of the lists that the phase reads. */
  lists: readonly ListCount[];
  /** Records that have come in since the phase began. */
  came: number;
  /** Since the phase began, ms. */
  sinceMs: number;
}

export interface Pace {
  /** Records a minute; null where too little has been seen to tell. */
  rate: number | null;
  /** Seconds until the phase is over; null where nobody can say. */
  secondsLeft: number | null;
}

/** Before so long a rate says little, ms. */
const LEAST_MS = 2_000;
const MINUTE_MS = 60_000;

/**
 * How fast a phase gets on, and how long it takes from here: rate = records since the phase began / minutes since;
 * seconds left = 60 × (Σ records there are − Σ records read) / rate, rounded up. Unknown are the rate of a phase that
 * has just begun or has brought nothing, and the time left where a list's length is unknown or all has been read.
 */
export function paceOf({ lists, came, sinceMs }: PaceFacts): Pace {
  if (sinceMs < LEAST_MS || came <= 0) return { rate: null, secondsLeft: null };
  const perMs = came / sinceMs;
  const rate = Math.round(perMs * MINUTE_MS);
  const left = recordsLeft(lists);
  return { rate, secondsLeft: left === null ? null : Math.ceil(left / perMs / 1_000) };
}

/** Records still to come; null where that is not known: after the last one there may be a list nobody has counted. */
function recordsLeft(lists: readonly ListCount[]): number | null {
  const begun = lists.filter(({ read, of }) => read > 0 || of !== null);
  if (begun.length === 0 || begun.some(({ of }) => of === null)) return null;
  const left = begun.reduce((sum, { read, of }) => sum + Math.max(0, of! - read), 0);
  return left > 0 ? left : null;
}
