export interface BackoffOptions {
  /** Before the second attempt, ms; twice as long before each further one. */
  firstMs: number;
  mostMs: number;
}

/** How long to wait before the attempt after `attempt` (1 for the first), ms: half of it fixed, half by chance. */
export function backoffMs(attempt: number, { firstMs, mostMs }: BackoffOptions, random: () => number): number {
  const whole = Math.min(mostMs, firstMs * 2 ** (attempt - 1));
  return Math.round(whole * (0.5 + random() / 2));
}
