/** A share of 0 to 1 as a page says it: "54%". */
export function percent(share: number): string {
  const points = share * 100;
  return points > 0 && points < 1 ? "under 1%" : `${Math.round(points)}%`;
}

/** A share of 0 to 1 where tenths matter: "12.4%". */
export function percentTenths(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
