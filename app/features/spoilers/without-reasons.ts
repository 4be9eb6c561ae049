/** What stands for a song's reasons where they may tell what was played at the last show. */
const HIDDEN = "Why is hidden, as you asked: it may tell what was played at the last show.";

/** A ballot that says how likely songs are, and not why. */
export function withoutReasons<R extends { reasons: string }>(ballot: readonly R[]): R[] {
  return ballot.map((row) => (row.reasons === "" ? row : { ...row, reasons: HIDDEN }));
}
