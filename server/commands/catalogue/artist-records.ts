import type { Queryable, Transaction } from "#db/client.ts";
import { artistFacts, updateArtist } from "#db/queries/identities.ts";
import { identitiesOfArtists, putMatchKeys } from "#db/queries/match-keys.ts";
import { fold } from "../../domain/fold.ts";
import { blockKeys } from "../../domain/matching/block-keys.ts";
import { artistFactsOf, artistSidesOf, namesOf, toldOfArtist } from "../../domain/matching/facts.ts";
import type { ArtistSide } from "../../domain/matching/score-artists.ts";

/** Some artists as sides of a comparison, by their ids. */
export async function artistSides(db: Queryable, artistIds: number[]): Promise<Map<number, ArtistSide>> {
  return artistSidesOf(await identitiesOfArtists(db, artistIds));
}

/**
 * Makes an artist's own facts and the keys under which it is looked up those of what providers say of it now, whatever
 * came in first. Where something was stored before records were kept, facts that are known stay. To be called after each
 * change of an artist's identities.
 */
export async function bringArtistUpToDate(tx: Transaction, artistId: number): Promise<void> {
  const rows = await identitiesOfArtists(tx, [artistId]);
  const told = toldOfArtist(rows);
  const [facts, before] = [artistFactsOf(told), await artistFacts(tx, artistId)];
  if (!facts || !before) return;
  const unkept = rows.some(({ digest, record }) => digest !== null && record === null);
  const { name, genre, country } = unkept ? { name: before.name, genre: before.genre ?? facts.genre, country: before.country ?? facts.country } : facts;
  const change = { name, searchName: fold(name), genre, country };
  const changed = (Object.keys(change) as (keyof typeof change)[]).some((key) => change[key] !== before[key]);
  if (changed) await updateArtist(tx, artistId, change);
  const names = [...new Set([name, ...namesOf(told)])];
  await putMatchKeys(tx, "artist", artistId, [...new Set(names.flatMap(blockKeys))]);
}
