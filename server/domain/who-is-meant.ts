import { fold } from "./fold.ts";
import type { ArtistRecord } from "./provider-records.ts";

export type WhoIsMeant =
  | { verdict: "found"; artist: ArtistRecord }
  /** Several have the name. */
  | { verdict: "several"; candidates: ArtistRecord[] }
  /** Nobody has it; who came nearest. */
  | { verdict: "nobody"; candidates: ArtistRecord[] };

const MOST_CANDIDATES = 8;

/**
 * Who of those found is meant by a name: the only one that has it, else the only one that has it as an alias,
 * whatever case and accents are. Where several have it none is taken: a person has to say.
 */
export function whoIsMeant(name: string, found: readonly ArtistRecord[]): WhoIsMeant {
  const wanted = fold(name);
  const named = found.filter((artist) => fold(artist.name) === wanted);
  const alias = found.filter((artist) => artist.aliases.some((other) => fold(other) === wanted));
  const having = named.length > 0 ? named : alias;
  const [only] = having;
  if (only && having.length === 1) return { verdict: "found", artist: only };
  const candidates = (having.length > 0 ? having : found).slice(0, MOST_CANDIDATES);
  return { verdict: having.length > 0 ? "several" : "nobody", candidates };
}
