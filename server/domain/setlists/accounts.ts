import type { Provider } from "../provider-records.ts";

export type SetlistStatus = "live" | "provisional" | "final";

/** One account of what was played at a show. */
export interface SetlistAccount {
  id: number;
  /** Null for one that was written down here. */
  provider: Provider | null;
  /** Entries, tapes left out. */
  songs: number;
}

/**
 * The account that counts where a show has several: one with songs, written down here before a provider's, the one
 * with more songs, the one that came in first. Null where there is none.
 */
export function accountThatCounts<A extends SetlistAccount>(accounts: readonly A[]): A | null {
  const best = accounts.toSorted((a, b) => heft(b) - heft(a) || b.songs - a.songs || a.id - b.id)[0];
  return best ?? null;
}

function heft({ provider, songs }: SetlistAccount): number {
  return songs === 0 ? 0 : provider === null ? 2 : 1;
}
