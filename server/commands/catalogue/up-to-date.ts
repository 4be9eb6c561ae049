import type { Transaction } from "#db/client.ts";
import type { LinkKind } from "../../domain/matching/link-file.ts";
import { bringArtistUpToDate } from "./artist-records.ts";
import { bringVenueUpToDate } from "./venue-records.ts";

/** Makes the facts and keys of artists or venues those of what providers say of them, after identities have changed hands. Others have none. */
export async function bringUpToDate(tx: Transaction, kind: LinkKind, ids: number[]): Promise<void> {
  for (const id of ids) {
    if (kind === "artist") await bringArtistUpToDate(tx, id);
    else if (kind === "venue") await bringVenueUpToDate(tx, id);
  }
}
