import type { AlbumRecord, Page, SongRecord } from "#server/domain/provider-records.ts";
import { readAlbumCounts, readUnreadAlbum } from "#server/views/sync-facts.ts";
import { ProviderError } from "../../providers/http.ts";
import { afterPage, endList, idThere, isEnded, isUnchanged, skip } from "./read-list.ts";
import { artistOf, cameIn, goOn, type Step, type Walk } from "./walk.ts";

/** A page of all that MusicBrainz has as recorded by the artist. */
export const readRecordings: Step = async (walk) => {
  const { part, sources, write, job: { signal } } = walk;
  if (isEnded(part)) return endList(walk);
  const page = await sources.musicbrainz!.recordings(await idThere(walk), { cursor: part.next, freshMs: 0, signal });
  const next = afterPage(walk, page);
  if (await isUnchanged(walk, next)) return skip(walk, { phase: "songs" });
  const { course, step } = goOn(walk, next, cameIn(walk, "songs", page));
  await write("storeSongs", { artistId: artistOf(walk), provider: "musicbrainz", records: page.records, step });
  return course;
};

/** A page of the artist's albums. */
export const readAlbums: Step = async (walk) => {
  const { part, write } = walk;
  if (isEnded(part)) return endList(walk);
  const page = await albumsOf(walk);
  const next = afterPage(walk, page);
  if (await isUnchanged(walk, next)) return skip(walk, { phase: "songs" });
  const { course, step } = goOn(walk, next, cameIn(walk, "albums", page));
  await write("storeAlbums", { artistId: artistOf(walk), provider: part.provider, records: page.records, step });
  return course;
};

async function albumsOf(walk: Walk): Promise<Page<AlbumRecord>> {
  const { part: { provider, next: cursor }, sources, job: { signal } } = walk;
  const source = provider === "spotify" ? sources.spotify! : sources.musicbrainz!;
  return source.albums(await idThere(walk), { cursor, freshMs: 0, signal });
}

/** A page of the tracks of the next album whose tracks were not read yet; no more once they all are. */
export const readTracks: Step = async (walk) => {
  const { part, sources, reader, write, job: { signal } } = walk;
  const artistId = artistOf(walk);
  const album = await readUnreadAlbum(reader, artistId, part.provider);
  if (album === null) return skip(walk);
  const id = await idThere(walk);
  const page = await sources.spotify!.songsOfAlbum(album.providerId, { cursor: part.next, freshMs: 0, signal }).catch(gone);
  const { all } = await readAlbumCounts(reader, artistId, part.provider);
  const progress = cameIn(walk, "songs", { ...page, total: null });
  const { course, step } = goOn(walk, { ...part, next: page.next, total: all }, progress);
  // An album of several artists has tracks that this one is not on.
  const records = page.records.filter(({ artists }) => artists.some((artist) => artist.id === id));
  await write("storeSongs", { artistId, provider: part.provider, records, ...(page.next === null && { albumRead: album.id }), step });
  return course;
};

/** An album that is no longer there has no tracks. */
function gone(error: unknown): Page<SongRecord> {
  if (error instanceof ProviderError && error.kind === "not_found") return { records: [], refused: [], next: null, total: null };
  throw error;
}
