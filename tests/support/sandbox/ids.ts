import type { Provider } from "#server/domain/provider-records.ts";
import { hash, shuffled, unshuffled } from "./chance.ts";

/** Support: on a bill only. Cover: an artist whom others play. City: by its number. */
export const KINDS = ["artist", "recording", "work", "album", "track", "show", "setlist", "venue", "support", "cover", "festival", "release", "city"] as const;
export type Kind = (typeof KINDS)[number];

/** Something of the world, by its place there. */
export interface Place {
  kind: Kind;
  /** Number of the artist that it belongs to; 0 for what belongs to none. */
  artist: number;
  item: number;
}

/** A place with how often its id has changed at the provider. */
export interface Sighting extends Place {
  generation: number;
}

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const MOST_GENERATIONS = 16;
const TICKETMASTER_PREFIX: Partial<Record<Kind, string>> = { artist: "K8vZ9", support: "K8vZ9", venue: "KovZp", show: "vvG1Z", festival: "G5vzZ" };

/** 48 bits: kind 4, generation 4, artist 16, item 24. */
function pack({ kind, artist, item, generation }: Sighting): number {
  return ((KINDS.indexOf(kind) * MOST_GENERATIONS + generation) * 2 ** 16 + artist) * 2 ** 24 + item;
}

function unpack(packed: number): Sighting | null {
  const head = Math.floor(packed / 2 ** 24);
  const type = Math.floor(head / 2 ** 16);
  const kind = KINDS[Math.floor(type / MOST_GENERATIONS)];
  return kind ? { kind, generation: type % MOST_GENERATIONS, artist: head % 2 ** 16, item: packed % 2 ** 24 } : null;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

function to62(value: bigint | number, digits: number): string {
  let text = "";
  for (let rest = BigInt(value); rest > 0n; rest /= 62n) text = BASE62[Number(rest % 62n)]! + text;
  return text.padStart(digits, "0");
}

function from62(text: string): bigint {
  let value = 0n;
  for (const digit of text) value = value * 62n + BigInt(Math.max(0, BASE62.indexOf(digit)));
  return value;
}

/** Ids as each provider writes them, and what they stand for: computed both ways, so that nothing is stored. */
export class Ids {
  readonly #key: number;

  constructor(seed: string) {
    this.#key = hash(seed, "ids");
  }

  of(provider: Provider, sighting: Sighting): string {
    const number = shuffled(pack(sighting), 24, hash(this.#key, provider));
    if (provider === "musicbrainz") return this.#mbid(number);
    if (provider === "spotify") return this.#spotify(number);
    if (provider === "ticketmaster") return `${TICKETMASTER_PREFIX[sighting.kind] ?? "Z"}${to62(number, 9)}`;
    return this.#setlistfm(sighting);
  }

  /** Null for what is no id of the provider here. */
  find(provider: Provider, id: string): Sighting | null {
    const number = this.#numberOf(provider, id);
    if (number === null) return null;
    const found = provider === "setlistfm" ? this.#shortSighting(id) : unpack(unshuffled(number, 24, hash(this.#key, provider)));
    return found && this.of(provider, found) === id ? found : null;
  }

  /** A version's id: the setlist's number and which of its versions it is. */
  version(artist: number, item: number, version: number): string {
    return hex(shuffled(artist * 2 ** 20 + item, 16, hash(this.#key, "version")), 8) + hex(version, 2);
  }

  findVersion(id: string): { artist: number; item: number; version: number } | null {
    if (!/^[\da-f]{10}$/.test(id)) return null;
    const number = unshuffled(Number.parseInt(id.slice(0, 8), 16), 16, hash(this.#key, "version"));
    return { artist: Math.floor(number / 2 ** 20), item: number % 2 ** 20, version: Number.parseInt(id.slice(8), 16) };
  }

  #mbid(number: number): string {
    const head = hex(number, 12);
    const tail = hex(hash(this.#key, head), 8) + hex(hash(head, this.#key), 8);
    const variant = "89ab"[hash(head) % 4];
    return `${head.slice(0, 8)}-${head.slice(8)}-4${tail.slice(0, 3)}-${variant}${tail.slice(3, 6)}-${tail.slice(6, 16).padEnd(12, "7")}`;
  }

  #spotify(number: number): string {
    const tail = (BigInt(hash(this.#key, number % 2 ** 31)) << 32n) | BigInt(hash(number % 2 ** 30, this.#key));
    return to62((BigInt(number) << 64n) | tail, 22);
  }

  /** Eight hex digits: kind 4 bits, generation 0; artist 12 of 32 bits and item 20 for setlists, for the others as much as there is. */
  #setlistfm({ kind, artist, item }: Sighting): string {
    const key = hash(this.#key, "setlistfm", kind === "venue" ? "venue" : kind === "city" ? "city" : "setlist");
    const number = shuffled(artist * 2 ** 20 + item, 16, key);
    if (kind === "city") return String(1_000_000 + item);
    return `${kind === "venue" ? "5" : ""}${hex(number, 8)}`;
  }

  #shortSighting(id: string): Sighting {
    const kind = id.length === 9 ? "venue" : "setlist";
    const number = unshuffled(Number.parseInt(id.slice(-8), 16), 16, hash(this.#key, "setlistfm", kind));
    return { kind, artist: Math.floor(number / 2 ** 20), item: number % 2 ** 20, generation: 0 };
  }

  #numberOf(provider: Provider, id: string): number | null {
    if (provider === "musicbrainz") return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;
    if (provider === "spotify") return /^[\dA-Za-z]{22}$/.test(id) ? Number((from62(id) >> 64n) % 2n ** 48n) : null;
    if (provider === "ticketmaster") return /^\w{14}$/.test(id) ? Number(from62(id.slice(5)) % 2n ** 48n) : null;
    return /^5?[\da-f]{8}$/.test(id) ? 0 : null;
  }
}
