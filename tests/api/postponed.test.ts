import { afterAll, beforeAll, expect, test } from "vitest";
import { buildShow, type BuiltShow } from "#tests/support/builders.ts";
import { eventsSince, lastSeq, miscounts } from "#tests/support/outbox.ts";
import { refusalOf } from "#tests/support/refusals.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const closed = { status: 409, reason: "voting_closed", message: "Voting for this show is closed." };

/** Takes a show's date back, or gives it one again. */
async function setStatus(show: BuiltShow, status: "postponed" | "upcoming"): Promise<void> {
  await server.database.change((tx) => tx.run(`UPDATE shows SET status = '${status}' WHERE id = ${show.showId}`));
}

test("while a show is postponed its votes stay as they are: none comes, none goes, no song is added", async () => {
  const show = await buildShow(server.database);
  const fan = await server.fan();
  const [first, second] = show.setlistSongIds;
  await fan.client.votes.cast.mutate({ setlistSongId: first! });
  await setStatus(show, "postponed");
  const before = { page: await fan.client.shows.get.query({ show: show.slug }), seq: await lastSeq(server.database) };
  expect(before.page.voting).toEqual({ open: false, closesAt: "2026-06-14T18:00:00.000Z", reason: "postponed" });

  const { votes, setlists } = fan.client;
  expect(await refusalOf(votes.cast.mutate({ setlistSongId: second! }))).toEqual(closed);
  expect(await refusalOf(votes.retract.mutate({ setlistSongId: first! }))).toEqual(closed);
  expect((await votes.castMany.mutate({ setlistSongIds: [second!] })).results).toMatchObject([{ verdict: "refused", reason: "voting_closed" }]);
  expect(await refusalOf(setlists.suggest.mutate({ show: show.slug, songId: show.catalogueSongIds[0]! }))).toEqual(closed);

  expect(await fan.client.shows.get.query({ show: show.slug })).toEqual(before.page);
  expect(await eventsSince(server.database, before.seq)).toEqual([]);
  expect(await miscounts(server.database)).toEqual([]);
  await setStatus(show, "upcoming");
  expect(await votes.cast.mutate({ setlistSongId: second! })).toMatchObject({ verdict: "counted", votes: 1 });
});

test("a postponed show says so after its old date and under a lock, and neither an admin's unlock nor a later close opens it", async () => {
  const show = await buildShow(server.database, { status: "postponed", localDate: "2026-06-01", locked: true });
  const admin = await server.fan("Ada", "admin");
  const { shows } = admin.client;
  expect((await shows.get.query({ show: show.slug })).voting.reason).toBe("postponed");
  expect((await shows.unlockVoting.mutate({ show: show.slug })).voting).toMatchObject({ open: false, reason: "postponed" });
  const moved = await shows.moveClose.mutate({ show: show.slug, closesAt: "2026-06-30T00:00:00Z" });
  expect(moved.voting).toMatchObject({ open: false, reason: "postponed" });
});

test("a postponed show is still among its artist's, its venue's and all shows to come, and not on the home page", async () => {
  const show = await buildShow(server.database, { localDate: "2026-06-13" });
  const { shows, artists, venues } = server.client;
  const listed = async () => ({
    home: Object.values(await shows.home.query()).flat().map((item) => ("show" in item ? item.show : item)),
    toCome: [
      (await artists.get.query({ artist: show.artistSlug })).upcoming,
      (await venues.get.query({ venue: show.venueSlug })).upcoming,
      (await shows.list.query()).items,
    ].map((items) => items.find((item) => item.id === show.showId)?.status),
  });
  const before = await listed();
  expect(before.home.filter((item) => item.id === show.showId)).toHaveLength(2);
  expect(before.toCome).toEqual(["upcoming", "upcoming", "upcoming"]);
  await setStatus(show, "postponed");
  const after = await listed();
  expect(after.home.filter((item) => item.id === show.showId)).toEqual([]);
  expect(after.toCome).toEqual(["postponed", "postponed", "postponed"]);
});
