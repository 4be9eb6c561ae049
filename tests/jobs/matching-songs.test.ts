import { expect, test } from "vitest";
import { alikeSongs } from "#server/domain/matching/alike-songs.ts";
import { readSongsToCompare } from "#server/views/match-facts.ts";
import { songRecord, startCatalogueStage, type CatalogueStage } from "#tests/support/catalogue-stage.ts";

/** As the last part of an import does. */
async function compare(stage: CatalogueStage): Promise<void> {
  const { artistId, database } = stage;
  const songs = await readSongsToCompare(database.reader, artistId);
  await stage.run("noteAlikeSongs", { artistId, ids: songs.map(({ id }) => id), found: [...alikeSongs(songs)].flat() });
}

const titles = ({ database }: CatalogueStage) => database.rows("SELECT title FROM songs ORDER BY title");
const waiting = ({ database }: CatalogueStage) => database.rows("SELECT confidence FROM matches WHERE kind = 'song' AND status = 'review'");

const DAWN = songRecord({ id: "r1", title: "Dawn", isrcs: ["DEAB12600001"] });
const SUNRISE = songRecord({ id: "r2", title: "Morgenröte", isrcs: ["DEAB12600001"] });

test.each([[[DAWN, SUNRISE]], [[SUNRISE, DAWN]]])("two songs of one recording become one, whichever came first, and stay one when they come in again", async (records) => {
  await using stage = await startCatalogueStage();
  for (const record of records) await stage.songs([record]);
  await compare(stage);
  expect(await titles(stage)).toEqual([{ title: "Dawn" }]);
  for (const record of records) await stage.songs([record]);
  await compare(stage);
  expect(await titles(stage)).toEqual([{ title: "Dawn" }]);
});

test("titles that are alike wait for a moderator, and no longer than they are", async () => {
  await using stage = await startCatalogueStage();
  await stage.songs([songRecord({ id: "r1", title: "Northern Lighthouse" }), songRecord({ id: "r2", title: "Nothern Lighthouse" })]);
  await compare(stage);
  expect(await waiting(stage)).toEqual([{ confidence: 0.8 }]);
  expect(await titles(stage)).toHaveLength(2);
  await stage.songs([songRecord({ id: "r2", title: "Quite Another Thing" })]);
  await compare(stage);
  expect(await waiting(stage)).toEqual([]);
});
