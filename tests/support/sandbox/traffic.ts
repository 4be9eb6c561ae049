import { PROVIDERS, type Provider } from "#server/domain/provider-records.ts";

export interface Entry {
  provider: Provider;
  /** Epoch ms by the sandbox's clock. */
  at: number;
  method: string;
  /** Path and query, without the key. */
  path: string;
  /** The path with ":id" in the place of ids. */
  kind: string;
  /** Null where nothing was answered. */
  status: number | null;
  /** Beyond a limit, and answered so. */
  violation: boolean;
  fault: string | null;
}

export interface Figures {
  requests: number;
  violations: number;
  /** The most that arrived within one second, wherever it begins. */
  perSecond: number;
  unchanged: number;
  kinds: Record<string, number>;
  /** By UTC day, yyyy-mm-dd. */
  days: Record<string, number>;
  statuses: Record<string, number>;
}

const SECOND_MS = 1_000;
/** Older entries are forgotten; the figures are of all. */
const MOST_ENTRIES = 20_000;

function nothing(): Figures & { times: number[] } {
  return { requests: 0, violations: 0, perSecond: 0, unchanged: 0, kinds: {}, days: {}, statuses: {}, times: [] };
}

/** What arrived at the four, and what was answered. */
export class Traffic {
  #entries: Entry[] = [];
  #figures = new Map<Provider, ReturnType<typeof nothing>>();

  /** Counts a request; its status is set once it is known. */
  arrived(entry: Entry): void {
    const figures = this.#of(entry.provider);
    figures.requests++;
    figures.times = [...figures.times.filter((at) => at > entry.at - SECOND_MS && at <= entry.at), entry.at];
    figures.perSecond = Math.max(figures.perSecond, figures.times.length);
    if (entry.violation) figures.violations++;
    add(figures.kinds, entry.kind);
    add(figures.days, new Date(entry.at).toISOString().slice(0, 10));
    this.#entries.push(entry);
    if (this.#entries.length > MOST_ENTRIES) this.#entries = this.#entries.slice(MOST_ENTRIES / 2);
  }

  answered(entry: Entry, status: number | null): void {
    entry.status = status;
    const figures = this.#of(entry.provider);
    add(figures.statuses, status === null ? "none" : String(status));
    if (status === 304) figures.unchanged++;
  }

  /** The last ones, oldest first. */
  entries(provider?: Provider): Entry[] {
    return provider ? this.#entries.filter((entry) => entry.provider === provider) : [...this.#entries];
  }

  figures(provider: Provider): Figures {
    const { times: _, ...figures } = this.#of(provider);
    return structuredClone(figures);
  }

  all(): Record<Provider, Figures> {
    return Object.fromEntries(PROVIDERS.map((provider) => [provider, this.figures(provider)])) as Record<Provider, Figures>;
  }

  clear(): void {
    this.#entries = [];
    this.#figures.clear();
  }

  #of(provider: Provider) {
    const figures = this.#figures.get(provider) ?? nothing();
    this.#figures.set(provider, figures);
    return figures;
  }
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

const ID = /^([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|5?[\da-f]{8}|[\da-f]{10}|[\dA-Za-z]{22}|(K8vZ9|KovZp|vvG1Z|G5vzZ)\w{9}(\.json)?)$/;

/** A path by what it asks for. */
export function kindOf(path: string): string {
  return path.split("/").map((part) => (ID.test(part) ? ":id" : part)).join("/");
}
