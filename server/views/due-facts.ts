import { dueFactsOfArtist, showsToCome } from "#db/queries/due-facts.ts";
import type { ArtistFacts, ShowFacts } from "../domain/freshness.ts";
import type { Reader } from "./reader.ts";

/** What decides when an artist and its shows are to be looked at again; `now` is epoch ms. */
export async function readDueFacts(
  reader: Reader,
  artistId: number,
  now: number,
): Promise<{ artist: Omit<ArtistFacts, "id" | "checkedAt">; shows: Omit<ShowFacts, "checkedAt">[] }> {
  return { artist: await dueFactsOfArtist(reader, artistId, now), shows: await showsToCome(reader, artistId) };
}
