/** A share of 0 to 1 as a page says it. */
export function percent(share: number): string {
  const points = share * 100;
  return points > 0 && points < 1 ? "under 1%" : `${Math.round(points)}%`;
}
