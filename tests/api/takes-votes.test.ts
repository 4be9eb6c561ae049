import { expect, test } from "vitest";
import { showsWithoutChances } from "#db/queries/chances.ts";
import { windowOf } from "#db/queries/forecasts.ts";
import { openShows } from "#db/queries/past-shows.ts";
import { openBallots } from "#db/queries/show-rows.ts";
import { type ShowStatus, votingAt } from "#server/domain/voting.ts";
import { buildShow } from "#tests/support/builders.ts";
import { createTestDatabase } from "#tests/support/test-database.ts";

const STATUSES: ShowStatus[] = ["upcoming", "ongoing", "completed", "cancelled", "postponed"];
const NOW = 1_000;

test("jobs and ballots take a show for open just where fans can vote, and for closed just where they no longer can", async () => {
  await using database = await createTestDatabase();
  const show = await buildShow(database);
  const ids: number[] = [];
  await database.change(async (tx) => {
    await tx.run("UPDATE shows SET status = 'cancelled'");
    for (const status of STATUSES) {
      for (const closesAt of [NOW - 1, NOW, NOW + 1]) {
        for (const lockedAt of ["NULL", "5"]) {
          const [row] = await tx.all<{ id: number }>(`INSERT INTO shows (slug, artist_id, venue_id, local_date, status, total_votes)
            SELECT '${status}-${closesAt}-${lockedAt}', artist_id, venue_id, local_date, '${status}', 1 FROM shows WHERE id = ${show.showId} RETURNING id`);
          await tx.run(`INSERT INTO predicted_setlists (show_id, closes_at, locked_at, created_at) VALUES (${row!.id}, ${closesAt}, ${lockedAt}, 0)`);
          ids.push(row!.id);
        }
      }
    }
  });
  const said = await Promise.all(ids.map(async (id) => ({ id, ...votingAt((await windowOf(database.reader, id))!, NOW) })));
  const open = said.flatMap(({ id, open: isOpen }) => (isOpen ? [id] : []));
  const over = said.flatMap(({ id, reason }) => (reason === "closed" || reason === "locked" ? [id] : []));
  expect([open.length, over.length]).toEqual([2, 16]);
  const byId = (rows: { showId: number }[]) => rows.map(({ showId }) => showId).sort((a, b) => a - b);
  expect(byId(await openShows(database.reader, show.artistId, NOW))).toEqual(open);
  expect(await showsWithoutChances(database.reader, { from: "2026-06-14", to: "2026-06-14", now: NOW, limit: 100 })).toEqual(over);
  const putOff = await database.rows("SELECT s.id FROM shows s JOIN predicted_setlists b ON b.show_id = s.id WHERE s.status = 'postponed' AND b.locked_at IS NULL");
  expect(byId(await openBallots(database.reader, show.artistId, NOW))).toEqual([...open, ...putOff.map(({ id }) => Number(id))].sort((a, b) => a - b));
});
