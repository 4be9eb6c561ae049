import { artistFacts, comingEvents, identitiesOfArtist } from "#db/queries/identities.ts";
import { dueOf, readMark } from "#db/queries/marks.ts";
import { albumCounts, unreadAlbum } from "#db/queries/song-rows.ts";
import { standingShow } from "#db/queries/show-rows.ts";
import { storedSetlists } from "#db/queries/setlists.ts";
import type { Provider } from "../domain/provider-records.ts";
import type { Reader } from "./reader.ts";

/** What the tasks of the sync need to know of what is stored. */
export const readArtistFacts = (reader: Reader, artistId: number) => artistFacts(reader, artistId);
export const readListMark = (reader: Reader, artistId: number, provider: Provider, list: string) => readMark(reader, artistId, provider, list);
export const readUnreadAlbum = (reader: Reader, artistId: number, provider: Provider) => unreadAlbum(reader, artistId, provider);
export const readAlbumCounts = (reader: Reader, artistId: number, provider: Provider) => albumCounts(reader, artistId, provider);
export const readStanding = (reader: Reader, showId: number) => standingShow(reader, showId);
export const readDue = (reader: Reader, kind: Parameters<typeof dueOf>[1], id: number) => dueOf(reader, kind, id);
export const readStoredSetlists = (reader: Reader, provider: Provider, ids: string[]) => storedSetlists(reader, provider, ids);

/** An artist's ids at a provider, the one first that is believed most. */
export async function readIdsAt(reader: Reader, artistId: number, provider: Provider): Promise<string[]> {
  return (await identitiesOfArtist(reader, artistId)).filter((identity) => identity.provider === provider).map(({ providerId }) => providerId);
}

/** Ids of a provider's events of an artist that are shows to come from a date (yyyy-mm-dd) on, the soonest first. */
export async function readComingEvents(reader: Reader, artistId: number, provider: Provider, from: string): Promise<string[]> {
  return (await comingEvents(reader, artistId, provider, from)).map(({ providerId }) => providerId);
}

/** An artist's id at each provider where it is known; where there are several the one that is believed most. */
export async function readIdentities(reader: Reader, artistId: number): Promise<Partial<Record<Provider, string>>> {
  const rows = await identitiesOfArtist(reader, artistId);
  const ids: Partial<Record<Provider, string>> = Object.fromEntries(rows.toReversed().map(({ provider, providerId }) => [provider, providerId]));
  // setlist.fm goes by the ids of MusicBrainz, whose former ones stay known.
  const same = rows.some(({ provider, providerId }) => provider === "setlistfm" && providerId === ids.musicbrainz);
  return same ? { ...ids, setlistfm: ids.musicbrainz! } : ids;
}
