export interface StreamLimits {
  /** Open streams in all, and from one address. */
  total: number;
  perAddress: number;
}

/** Counts open live streams, of browsers and of scripts alike. */
export class StreamSlots {
  readonly #limits: StreamLimits;
  readonly #byAddress = new Map<string, number>();
  #total = 0;
  #closed = false;

  constructor(limits: StreamLimits) {
    this.#limits = limits;
  }

  /** Takes a slot; the result gives it back, once. Null when there is none left. */
  take(address: string): (() => void) | null {
    const fromAddress = this.#byAddress.get(address) ?? 0;
    if (this.#closed) return null;
    if (this.#total >= this.#limits.total || fromAddress >= this.#limits.perAddress) return null;
    this.#total += 1;
    this.#byAddress.set(address, fromAddress + 1);
    let taken = true;
    return () => {
      if (taken) this.#give(address);
      taken = false;
    };
  }

  /** Gives out no more slots: the process is about to end. */
  close(): void {
    this.#closed = true;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Streams open now. */
  get taken(): number {
    return this.#total;
  }

  #give(address: string): void {
    this.#total -= 1;
    const left = (this.#byAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#byAddress.set(address, left);
    else this.#byAddress.delete(address);
  }
}
