import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import {
  aliasesOf,
  deleteSong,
  insertSongs,
  moveBallotVersions,
  moveSong,
  noteTracksRead,
  onBallots,
  putVariants,
  replaceAliases,
  retireSong,
  songsByKeys,
  updateSongs,
  variantsByIds,
  variantsByWorks,
  variantsOfSongs,
  type PutVariant,
  type VariantRow,
} from "#db/queries/song-rows.ts";
import { linksOfArtist } from "#db/queries/song-links.ts";
import { keysToRead, mergeSongs, worksToRead, type Catalogue, type CatalogueSong, type MergePlan, type StoredSong } from "../../domain/catalogue/merge.ts";
import { variantId, variantOf, type StoredVariant, type Variant } from "../../domain/catalogue/variants.ts";
import { fold } from "../../domain/fold.ts";
import type { Provider, SongRecord } from "../../domain/provider-records.ts";
import { saveStep, type JobStep } from "../job-queue.ts";

export interface StoredSongs {
  artistId: number;
  provider: Provider;
  records: SongRecord[];
  /** Our id of the album whose last tracks these are. */
  albumRead?: number;
  step?: JobStep;
}

/**
 * Stores a page of recordings or tracks: each is a variant of one of the artist's songs, which are made, renamed
 * or joined as the variants say. What is stored already is not written again. How many rows were written.
 */
export const storeSongs = command<StoredSongs, number>(async (tx, { input, now }) => {
  const { artistId, provider, records, albumRead, step } = input;
  const page = records.map((record) => variantOf(provider, record));
  const stored = await catalogueAround(tx, artistId, provider, page);
  const plan = mergeSongs(page, stored);
  await announceSongs(tx, plan, stored, now);
  const written = await writePlan(tx, artistId, plan, new Map(records.map((record) => [`${provider} ${record.id}`, record])), stored);
  if (albumRead !== undefined) await noteTracksRead(tx, albumRead);
  if (step) await saveStep(tx, step, now);
  return written;
});

async function catalogueAround(tx: Transaction, artistId: number, provider: Provider, page: Variant[]): Promise<Catalogue> {
  const ofPage = (await variantsByIds(tx, artistId, provider, page.map(({ id }) => id))).map(toVariant);
  const ofWorks = (await variantsByWorks(tx, artistId, worksToRead(page, ofPage))).map(toVariant);
  const links = await linksOfArtist(tx, artistId);
  const rows = await songsByKeys(tx, artistId, keysToRead(links, page, ofPage, ofWorks));
  const ids = new Set([...rows.map(({ id }) => id), ...ofPage.map(({ songId }) => songId), ...ofWorks.map(({ songId }) => songId)]);
  const ofSongs = (await variantsOfSongs(tx, [...ids])).map(toVariant);
  const variants = new Map([...ofPage, ...ofWorks, ...ofSongs].map((variant) => [variantId(variant), variant]));
  const aliases = Map.groupBy(await aliasesOf(tx, rows.map(({ id }) => id)), ({ songId }) => songId);
  const songs = rows.map((row): StoredSong => ({
    id: row.id,
    key: row.titleKey,
    title: row.title,
    releasedOn: row.releasedOn,
    ballot: row.ballotWorthy,
    why: row.ballotReason as StoredSong["why"],
    aliasKeys: (aliases.get(row.id) ?? []).map(({ aliasKey }) => aliasKey).sort(),
  }));
  return { variants: [...variants.values()], songs, links };
}

function toVariant(row: VariantRow): StoredVariant {
  const { provider, providerId: id, songId, title, note, workId, titleKey: key, live, video, durationMs, releasedOn } = row;
  return { provider, id, songId, title, note, workId, key, kind: row.kind as Variant["kind"], live, video, durationMs, releasedOn };
}

async function writePlan(
  tx: Transaction,
  artistId: number,
  plan: MergePlan,
  records: Map<string, SongRecord>,
  stored: Catalogue,
): Promise<number> {
  const ids = new Map(stored.songs.map(({ key, id }) => [key, id]));
  const inserted = await insertSongs(tx, plan.newSongs.map((song) => ({ artistId, ...songFields(song) })));
  for (const { titleKey, id } of inserted) ids.set(titleKey, id);
  for (const { key, id } of plan.changedSongs) ids.set(key, id);
  await updateSongs(tx, plan.changedSongs.map((song) => ({ id: song.id, ...songFields(song) })));
  const renamed = [...plan.newSongs, ...plan.changedSongs];
  await replaceAliases(tx, artistId, renamed.map(({ key, aliasKeys }) => ({ songId: ids.get(key)!, keys: aliasKeys })));
  await putVariants(tx, artistId, plan.variants.map((variant) => rowOf(variant, ids.get(variant.songKey)!, records.get(variantId(variant)))));
  for (const { id, intoKey } of plan.absorbed) await absorb(tx, id, ids.get(intoKey)!);
  return renamed.length + plan.variants.length + plan.absorbed.length;
}

function songFields({ key, title, releasedOn, ballot, why }: CatalogueSong) {
  return { title, searchTitle: fold(title), titleKey: key, ballotWorthy: ballot, ballotReason: why, releasedOn };
}

function rowOf({ provider, id, title, note, workId, key, kind, live, video, durationMs, releasedOn }: Variant, songId: number, record?: SongRecord): PutVariant {
  const { albumId = null, isrcs = [], url = null } = record ?? {};
  const isrc = isrcs[0] ?? null;
  return { provider, providerId: id, songId, title, titleKey: key, kind, live, video, workId, albumId, isrc, durationMs, releasedOn, note, url };
}

/** A song that fans have votes on beside the one it goes into stays, so that no vote is lost. */
async function absorb(tx: Transaction, id: number, into: number): Promise<void> {
  await moveSong(tx, id, into);
  if (await onBallots(tx, id)) await retireSong(tx, id);
  else await deleteSong(tx, id);
}

/** Tells of the ballots whose songs are about to be called otherwise. */
async function announceSongs(tx: Transaction, { changedSongs, absorbed }: MergePlan, stored: Catalogue, now: number): Promise<void> {
  const titles = new Map(stored.songs.map(({ id, title }) => [id, title]));
  const renamed = changedSongs.filter(({ id, title }) => titles.get(id) !== title);
  const ids = [...renamed, ...absorbed].map(({ id }) => id);
  const shows = ids.length === 0 ? [] : await moveBallotVersions(tx, ids);
  await appendEvents(tx, now, shows.map(({ id }) => ({ kind: "ballot.changed", showId: id, payload: {} })));
}
