import type { Actor } from "./actor.ts";

/** What a valid credential was found to mean. */
export interface Access {
  readonly actor: Readonly<Actor>;
  /** The API token that was shown; null for a session. */
  readonly token: { id: number; lastUsedAt: number | null } | null;
}

/** What a read found, and until when (epoch ms) it may be believed. */
export interface FoundAccess {
  access: Access;
  until: number;
}

/** Credentials of one generation at most: some 20 MB. */
const CAPACITY = 50_000;
/** How long a credential is believed without a look into the database, in ms. */
export const BELIEVED_MS = 30_000;
/** Changes that are kept in mind before everything is forgotten at once. */
const MAX_CHANGES = 10_000;

interface Remembered extends FoundAccess {
  /** The count of changes before the database was asked. */
  asOf: number;
  /** Epoch ms before the database was asked. */
  from: number;
}

/**
 * What valid credentials mean, by their hashes, so that most requests ask the database nothing. A
 * change of access makes worthless what was read before it, also what a read still under way will
 * bring: every memory carries the count of changes at which its read began.
 */
export class KnownAccess {
  readonly #now: () => number;
  readonly #capacity: number;
  /** What was learned lately, and what a generation before; the one before that is past belief. */
  #young = new Map<string, Remembered>();
  #old = new Map<string, Remembered>();
  /** Epoch ms when the young generation began. */
  #began = -Infinity;
  /** By account id or hash, the count of changes at its latest change. */
  readonly #changed = new Map<number | string, number>();
  #changes = 0;
  /** Whatever was read at a lower count is worthless. */
  #allChanged = 0;

  constructor({ now, capacity = CAPACITY }: { now: () => number; capacity?: number }) {
    this.#now = now;
    this.#capacity = capacity;
  }

  /** What a credential is known to mean; null where the database has to be asked. */
  recall(hash: string): Access | null {
    const known = this.#young.get(hash) ?? this.#old.get(hash);
    if (known === undefined) return null;
    if (this.#holds(hash, known)) return known.access;
    this.#young.delete(hash);
    this.#old.delete(hash);
    return null;
  }

  /** Asks the database and remembers its answer, unless it is no, or access changes meanwhile. */
  async learn(hash: string, ask: () => Promise<FoundAccess | null>): Promise<Access | null> {
    const [asOf, from] = [this.#changes, this.#now()];
    const found = await ask();
    if (found === null) return null;
    const learned = { ...found, asOf, from };
    if (this.#holds(hash, learned)) this.#remember(hash, learned);
    return found.access;
  }

  /** Forgets what an account's credentials, or the one of a hash, mean. */
  forget(subject: number | string): void {
    this.#changes += 1;
    this.#changed.set(subject, this.#changes);
    if (this.#changed.size > MAX_CHANGES) this.forgetAll();
  }

  forgetAll(): void {
    this.#changes += 1;
    this.#allChanged = this.#changes;
    this.#changed.clear();
    this.#young.clear();
    this.#old.clear();
  }

  /** Credentials that are remembered. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  #remember(hash: string, learned: Remembered): void {
    const age = this.#now() - this.#began;
    if (age < 0 || age >= BELIEVED_MS || this.#young.size >= this.#capacity) this.#turn();
    this.#old.delete(hash);
    this.#young.set(hash, learned);
  }

  #turn(): void {
    this.#old = this.#young;
    this.#young = new Map();
    this.#began = this.#now();
  }

  /** A clock that was set back makes a memory worthless too: its end would be too far away. */
  #holds(hash: string, { access, until, asOf, from }: Remembered): boolean {
    const now = this.#now();
    if (now < from || now >= from + BELIEVED_MS || now >= until) return false;
    const changed = this.#changed.get(access.actor.userId) ?? this.#allChanged;
    return asOf >= changed && asOf >= (this.#changed.get(hash) ?? 0);
  }
}
