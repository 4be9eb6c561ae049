/** An instant (epoch ms) as ISO 8601 in UTC, the form in which instants leave the program. */
export function iso(instant: number): string {
  return new Date(instant).toISOString();
}
