/** What a cache has to know of a page to keep it. */
export interface Keeping {
  showId: number;
  /** When the page shows something else without any event, such as its close; epoch ms, maybe Infinity. */
  changesAt: number;
  bytes: number;
}

export interface Rendered<Page> {
  page: Page;
  /** Null for what is shared by those who wait for it and then forgotten. */
  keep: Keeping | null;
}

export interface PageCacheOptions<Page> {
  render(key: string): Promise<Rendered<Page>>;
  /** The site's clock, epoch ms. */
  now: () => number;
  /** A clock that only runs forward, ms. */
  elapsed: () => number;
  maxBytes: number;
}

interface Entry<Page> extends Keeping {
  page: Page;
  /** When its rendering began, by both clocks. */
  since: Instants;
  /** Whether its tally has changed since. */
  overtaken: boolean;
}

interface Instants {
  now: number;
  elapsed: number;
}

interface Flight<Page> {
  page: Promise<Page>;
  /** Shows whose tally changed while it was under way. */
  overtaken: Set<number>;
}

/** No page is handed out longer than this after its rendering began, in ms. */
export const MAX_AGE_MS = 2_000;
/** A page whose tally has changed is handed out at least this long, in ms: a hot show's votes cause few renderings. */
export const MIN_AGE_MS = 200;
/** After a rendering, pages with an old tally stay for this many times its length: other work has the greater part of the thread. */
const REST = 3;

/**
 * Finished pages by key. One rendering serves all who ask meanwhile. A change of a show drops its
 * pages at once; a change of its tally lets them be rendered again, at most every MIN_AGE_MS.
 */
export class PageCache<Page> {
  readonly #options: PageCacheOptions<Page>;
  /** Least recently asked for first. */
  readonly #entries = new Map<string, Entry<Page>>();
  readonly #keysOf = new Map<number, Set<string>>();
  readonly #flights = new Map<string, Flight<Page>>();
  #bytes = 0;
  #restUntil = -Infinity;

  constructor(options: PageCacheOptions<Page>) {
    this.#options = options;
  }

  /** The page at once where there is one, else as soon as it is rendered; rejects as `render` does. */
  get(key: string): Page | Promise<Page> {
    const entry = this.#entries.get(key);
    if (!entry || !this.#isGood(entry)) return (this.#flights.get(key) ?? this.#fly(key)).page;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.page;
  }

  tallyChanged(showId: number): void {
    for (const key of this.#keysOf.get(showId) ?? []) this.#entries.get(key)!.overtaken = true;
    for (const flight of this.#flights.values()) flight.overtaken.add(showId);
  }

  /** Forgets a show's pages. What is being rendered is not kept, nor waited for by those who ask from now on. */
  showChanged(showId: number): void {
    for (const key of this.#keysOf.get(showId) ?? []) this.#forget(key);
    this.#flights.clear();
  }

  get bytes(): number {
    return this.#bytes;
  }

  #isGood({ since, changesAt, overtaken }: Entry<Page>): boolean {
    const [now, elapsed] = [this.#options.now(), this.#options.elapsed()];
    const age = elapsed - since.elapsed;
    // The site's clock may be set back or forward.
    const bySite = now - since.now;
    if (age >= MAX_AGE_MS || bySite >= MAX_AGE_MS || bySite < 0 || now >= changesAt) return false;
    return !overtaken || age < MIN_AGE_MS || elapsed < this.#restUntil;
  }

  #fly(key: string): Flight<Page> {
    const started = Promise.withResolvers<Page>();
    const flight = { page: started.promise, overtaken: new Set<number>() };
    this.#flights.set(key, flight);
    this.#render(key, flight).then(started.resolve, started.reject);
    return flight;
  }

  async #render(key: string, flight: Flight<Page>): Promise<Page> {
    const { now, elapsed } = this.#options;
    const since = { now: now(), elapsed: elapsed() };
    try {
      const { page, keep } = await this.#options.render(key);
      const length = elapsed() - since.elapsed;
      this.#restUntil = elapsed() + REST * length;
      const current = this.#flights.get(key) === flight;
      if (keep && current) this.#keep(key, { ...keep, page, since, overtaken: flight.overtaken.has(keep.showId) });
      return page;
    } finally {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    }
  }

  #keep(key: string, entry: Entry<Page>): void {
    this.#forget(key);
    this.#entries.set(key, entry);
    this.#bytes += entry.bytes;
    const keys = this.#keysOf.get(entry.showId) ?? new Set();
    this.#keysOf.set(entry.showId, keys.add(key));
    for (const [oldest] of this.#entries) {
      if (this.#bytes <= this.#options.maxBytes) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
    const keys = this.#keysOf.get(entry.showId);
    keys?.delete(key);
    if (keys?.size === 0) this.#keysOf.delete(entry.showId);
  }
}
