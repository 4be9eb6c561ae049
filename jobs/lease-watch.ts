/** By which lease a job is held. */
export interface Lease {
  id: number;
  /** The number of its taking-up. */
  claim: number;
  /** As its runner wrote it, by its own clock (epoch ms). */
  leaseUntil: number;
}

interface Seen extends Lease {
  /** Since when it has been the same, by a clock that only goes forward (ms). */
  since: number;
}

/**
 * Tells which runners are gone: those whose lease has stayed the same for as long as it holds while this one
 * looked on. Clocks that are set, or differ, make nobody seem gone. Only at the first look, when nothing was
 * watched yet, is a lease believed to have run out by what it says.
 */
export class LeaseWatch {
  readonly #leaseMs: number;
  #seen: Map<number, Seen> | null = null;

  constructor(leaseMs: number) {
    this.#leaseMs = leaseMs;
  }

  /** Of the leases that there are now, those whose runner is gone. `now`: epoch ms; `elapsed`: ms that only go forward. */
  gone(leases: readonly Lease[], now: number, elapsed: number): Lease[] {
    const before = this.#seen;
    const seen = leases.map((lease): Seen => ({ ...lease, since: sameSince(before?.get(lease.id), lease) ?? elapsed }));
    this.#seen = new Map(seen.map((lease) => [lease.id, lease]));
    const isGone = ({ since, leaseUntil }: Seen) => (before === null ? leaseUntil < now : elapsed - since > this.#leaseMs);
    return seen.filter(isGone).map(({ id, claim, leaseUntil }) => ({ id, claim, leaseUntil }));
  }
}

function sameSince(seen: Seen | undefined, { claim, leaseUntil }: Lease): number | null {
  return seen?.claim === claim && seen.leaseUntil === leaseUntil ? seen.since : null;
}
