/** "12.4 %" of a share from 0 to 1. */
export function tenths(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** "54 %" of a share from 0 to 1. */
export function whole(share: number): string {
  return `${Math.round(100 * share)} %`;
}
