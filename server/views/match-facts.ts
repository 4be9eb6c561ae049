import { identitiesOfArtists, countSongs, sharingKeys, titlesOf } from "#db/queries/match-keys.ts";
import { artistsByIdentity } from "#db/queries/identities.ts";
import { songsToCompare } from "#db/queries/match-nights.ts";
import { matchesOf, rejectedPairsOf, rejectedRecordsOf, standingId } from "#db/queries/matches.ts";
import { titleKey } from "../domain/catalogue/title-key.ts";
import { blockKeys } from "../domain/matching/block-keys.ts";
import { artistSidesOf } from "../domain/matching/facts.ts";
import { otherOf } from "../domain/matching/pair.ts";
import type { ArtistSide } from "../domain/matching/score-artists.ts";
import type { Provider } from "../domain/provider-records.ts";
import type { Reader } from "./reader.ts";

/** So many artists that share a key with one are compared with it, those first that share most. */
const MOST_COMPARED = 50;
/** So many titles of each of two artists are compared. */
const MOST_TITLES = 300;

export interface KnownArtist {
  side: ArtistSide;
  /** Providers that have told of it themselves. */
  toldBy: Set<Provider>;
}

/** An artist as what its providers say of it; null where none has said anything. */
export async function readKnownArtist(reader: Reader, artistId: number): Promise<KnownArtist | null> {
  const rows = await identitiesOfArtists(reader, [artistId]);
  const side = artistSidesOf(rows).get(artistId);
  if (!side) return null;
  return { side, toldBy: new Set(rows.filter(({ digest, confidence }) => digest !== null && confidence > 0).map(({ provider }) => provider)) };
}

/** Of some ids at a provider those that were said not to be the artist, or to be another one of ours that was said not to be it. */
export async function readDenied(reader: Reader, artistId: number, provider: Provider, ids: string[]): Promise<Set<string>> {
  const records = await rejectedRecordsOf(reader, "artist", artistId, provider);
  const pairs = await rejectedPairsOf(reader, "artist", artistId);
  const known = await artistsByIdentity(reader, ids.map((id) => ({ provider, id })));
  const denied = known.filter((identity) => (identity.status === "rejected" ? identity.artistId === artistId : pairs.has(identity.artistId)));
  return new Set([...records, ...denied.map(({ providerId }) => providerId)]);
}

/** The artist that one has become by merges; itself where it is there. */
export const readStandingArtist = (reader: Reader, artistId: number) => standingId(reader, "artist", artistId);

/** An artist's songs, as they are compared with one another. */
export const readSongsToCompare = (reader: Reader, artistId: number) => songsToCompare(reader, artistId);

export interface AlikePair {
  otherId: number;
  mine: ArtistSide;
  other: ArtistSide;
}

/** An artist of ours beside each other one that may be the same: those that share a key, and those in review. */
export async function readAlike(reader: Reader, artistId: number): Promise<AlikePair[]> {
  const mine = artistSidesOf(await identitiesOfArtists(reader, [artistId])).get(artistId);
  if (!mine) return [];
  const keys = [...new Set([mine.name, mine.sortName ?? "", ...(mine.aliases ?? [])].flatMap(blockKeys))];
  const open = (await matchesOf(reader, "artist", artistId)).filter(({ status }) => status === "review").flatMap((row) => otherOf(row, artistId) ?? []);
  const ids = [...new Set([...(await sharingKeys(reader, "artist", keys, MOST_COMPARED)), ...open])].filter((id) => id !== artistId);
  const sides = artistSidesOf(await identitiesOfArtists(reader, ids));
  const pairs: AlikePair[] = [];
  for (const [otherId, other] of sides) {
    const [mineTitles, otherTitles] = await titlesOfPair(reader, artistId, otherId);
    pairs.push({ otherId, mine: { ...mine, songTitles: mineTitles }, other: { ...other, songTitles: otherTitles } });
  }
  return pairs;
}

/** Titles of two artists: the first ones of whoever has fewer, and those of the other one first that are among them. */
async function titlesOfPair(reader: Reader, a: number, b: number): Promise<[string[], string[]]> {
  const [songsOfA, songsOfB] = [await countSongs(reader, a), await countSongs(reader, b)];
  if (songsOfA > songsOfB) return (await titlesOfPair(reader, b, a)).toReversed() as [string[], string[]];
  const titles = await titlesOf(reader, a, MOST_TITLES);
  const shared = await titlesOf(reader, b, MOST_TITLES, titles.map(titleKey));
  const more = (await titlesOf(reader, b, MOST_TITLES)).filter((title) => !shared.includes(title));
  return [titles, [...shared, ...more].slice(0, MOST_TITLES)];
}
