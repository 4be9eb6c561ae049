/** Nothing that a provider says keeps us away for longer than this, ms. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

/**
 * How long the answer asks to wait, ms; null where it does not say, or not so that it can be understood.
 * A date is taken against the answer's own Date, so that a clock that is off does no harm.
 */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(value)) return bounded(Number(value) * 1000);
  // Date.parse takes much for a date that is none, such as "-5".
  const at = /^[A-Za-z]{3}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) return null;
  const saidAt = Date.parse(headers.get("date") ?? "");
  return bounded(at - (Number.isNaN(saidAt) ? now : saidAt));
}

function bounded(ms: number): number {
  return Math.ceil(Math.min(LONGEST_MS, Math.max(0, ms)));
}

/** From now to the next midnight in UTC, ms. */
export function untilUtcMidnight(now: number): number {
  const day = 24 * 60 * 60 * 1000;
  return day - (now % day);
}
