import { command } from "#db/command.ts";
import { putAlbums } from "#db/queries/song-rows.ts";
import type { AlbumRecord, Provider } from "../../domain/provider-records.ts";
import { saveStep, type JobStep } from "../job-queue.ts";

export interface StoredAlbums {
  artistId: number;
  provider: Provider;
  records: AlbumRecord[];
  step: JobStep;
}

/** Stores a page of an artist's albums; how many were new or had changed. */
export const storeAlbums = command<StoredAlbums, number>(async (tx, { input, now }) => {
  const { artistId, provider, records, step } = input;
  const written = await putAlbums(
    tx,
    records.map(({ id: providerId, title, kind, releasedOn, url, imageUrl }) => ({ artistId, provider, providerId, title, kind, releasedOn, url, imageUrl })),
  );
  await saveStep(tx, step, now);
  return written;
});
