import { expect, test } from "vitest";
import { verifyCounters } from "#server/views/verify-counters.ts";
import { buildShow } from "#tests/support/builders.ts";
import { buildFans } from "#tests/support/fans.ts";
import { addShow, allRows, ballotOf, startMergeStage } from "#tests/support/merge-stage.ts";

const NIGHT = Date.parse("2026-07-03T18:00:00Z");
const HOUR = 3_600_000;

test("a venue that is merged brings its shows along: one night of one artist is one show, a matinee is not the evening", async () => {
  await using on = await startMergeStage();
  const { artistId } = await buildShow(on.database, { ballot: ["One", "Two"], venue: "Hall", city: "Leipzig" });
  await buildShow(on.database, { venue: "The Hall", bare: true });
  const [hall, theHall] = (await on.database.rows("SELECT id FROM venues ORDER BY id")).map(({ id }) => Number(id));
  const evening = await addShow(on.database, artistId, { titles: ["One"], day: 3, venueId: hall! });
  const same = await addShow(on.database, artistId, { titles: ["One", "Two"], day: 3, venueId: theHall! });
  const matinee = await addShow(on.database, artistId, { titles: ["Two"], day: 5, venueId: theHall! });
  await on.database.change(async (tx) => {
    await tx.run(`UPDATE shows SET starts_at = ${NIGHT + HOUR} WHERE id = ${same.showId}`);
    await tx.run(`UPDATE shows SET local_date = '2026-07-03', starts_at = ${NIGHT - 4 * HOUR} WHERE id = ${matinee.showId}`);
  });
  const [fan] = await buildFans(on.database, 1);
  for (const song of [evening.songs.get("One")!, same.songs.get("One")!, same.songs.get("Two")!, matinee.songs.get("Two")!]) expect(await on.vote(fan!, song)).toBe(true);
  const before = await allRows(on.database);
  const merge = await on.merge("venue", theHall!, hall!);
  expect(await on.database.rows("SELECT id, total_votes AS votes FROM shows WHERE venue_id = ? AND local_date = '2026-07-03' ORDER BY id", hall!)).toEqual([
    { id: evening.showId, votes: 2 },
    { id: matinee.showId, votes: 1 },
  ]);
  expect([...(await ballotOf(on.database, evening.showId)).keys()]).toEqual(["One", "Two"]);
  expect(await verifyCounters(on.database.reader)).toEqual({ damage: [], miscounts: [] });
  await on.undo(merge);
  expect(await allRows(on.database)).toEqual(before);
});

test("a start that only one of two shows has comes with its close, and goes again", async () => {
  await using on = await startMergeStage();
  const open = await buildShow(on.database, { startTime: null });
  const known = await addShow(on.database, open.artistId, { titles: [], day: 14 });
  const window = () => on.database.rows("SELECT s.starts_at AS starts, b.closes_at AS closes FROM shows s JOIN predicted_setlists b ON b.show_id = s.id WHERE s.id = ?", open.showId);
  const before = await window();
  const start = Date.parse("2026-07-14T18:00:00Z");
  const merge = await on.merge("show", known.showId, open.showId);
  expect(await window()).toEqual([{ starts: start, closes: start }]);
  await on.undo(merge);
  expect(await window()).toEqual(before);
});
