import { describe, expect, test } from "vitest";
import { verifyCounters } from "#server/views/verify-counters.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { artistRecord, setlistRecord, showRecord, songRecord, startCatalogueStage, venueRecord, type CatalogueStage } from "#tests/support/catalogue-stage.ts";
import { allRows, ballotOf } from "#tests/support/merge-stage.ts";

const sound = async (on: CatalogueStage) => expect(await verifyCounters(on.database.reader)).toEqual({ damage: [], miscounts: [] });
const split = async (on: CatalogueStage, kind: "artist" | "venue" | "show", provider: "spotify" | "ticketmaster", providerId: string, id: number) =>
  (await on.run("splitIdentity", { by: null, kind, provider, providerId, id })).id;
const titlesOf = async (on: CatalogueStage, artistId: number) =>
  (await on.database.rows("SELECT title FROM songs WHERE artist_id = ? ORDER BY title", artistId)).map(({ title }) => String(title));

/** An artist that is really two: songs of two providers, a show that only one's event has made, and one that both have told of. */
async function joined(on: CatalogueStage) {
  const { artistId } = on;
  for (const [provider, id] of [["spotify", "S1"], ["ticketmaster", "K1"]] as const) {
    await on.artist(artistRecord({ id, name: "Larks" }), { artistId, provider });
  }
  await on.songs([songRecord({ id: "1", title: "Dawn" }), songRecord({ id: "2", title: "Dusk" })]);
  await on.songs([songRecord({ id: "s1", title: "Dawn" }), songRecord({ id: "s2", title: "Noon" })], "spotify");
  await on.shows([showRecord({ id: "E1" }), showRecord({ id: "E2", localDate: "2026-07-09" })]);
  await on.setlists([setlistRecord({ id: "p", localDate: "2026-07-09" }, ["Dusk"])]);
  await on.run("makeBallots", { artistId });
  const [own, shared] = (await on.database.rows("SELECT id FROM shows ORDER BY local_date")).map(({ id }) => Number(id));
  return { artistId, own: own!, shared: shared! };
}

describe("an identity that is split off an artist", () => {
  test("is an artist with its provider's songs; what both have is copied, and ballots keep songs and votes", async () => {
    await using on = await startCatalogueStage();
    const { artistId, own } = await joined(on);
    const [fan] = await buildFans(on.database, 1);
    for (const title of ["Noon", "Dawn"]) await on.run("castVotes", { fan: allowed(fan!, "vote"), setlistSongId: (await ballotOf(on.database, own)).get(title)!.id });
    const id = await split(on, "artist", "spotify", "S1", artistId);
    expect(await titlesOf(on, id)).toEqual(["Dawn", "Noon"]);
    expect(await titlesOf(on, artistId), "a song on the ballot stays the artist's own").toEqual(["Dawn", "Dusk", "Noon"]);
    expect([...(await ballotOf(on.database, own))].map(([title, { votes }]) => [title, votes]).sort()).toEqual([["Dawn", 1], ["Dusk", 0], ["Noon", 1]]);
    expect(await on.database.rows("SELECT artist_id AS artist, status FROM artist_identities WHERE provider = 'spotify'")).toEqual([{ artist: id, status: "approved" }]);
    const [lower, upper] = [artistId, id].sort((a, b) => a - b);
    expect(await on.database.rows("SELECT subject_id AS a, other_id AS b, status FROM matches WHERE kind = 'artist'")).toEqual([{ a: lower, b: upper, status: "rejected" }]);
    await sound(on);
    expect(await on.songs([songRecord({ id: "1", title: "Dawn" }), songRecord({ id: "2", title: "Dusk" })]), "the rest is as it was told").toBe(0);
  });

  test("takes the shows along that only its provider has told of, with their votes", async () => {
    await using on = await startCatalogueStage();
    const { artistId, own, shared } = await joined(on);
    const [fan] = await buildFans(on.database, 1);
    await on.run("castVotes", { fan: allowed(fan!, "vote"), setlistSongId: (await ballotOf(on.database, own)).get("Dusk")!.id });
    const id = await split(on, "artist", "ticketmaster", "K1", artistId);
    expect(await on.database.rows("SELECT id, artist_id AS artist, total_votes AS votes FROM shows ORDER BY id")).toEqual(
      [{ id: own, artist: id, votes: 1 }, { id: shared, artist: artistId, votes: 0 }].sort((a, b) => a.id - b.id),
    );
    expect(await titlesOf(on, id)).toEqual(["Dawn", "Dusk", "Noon"]);
    await sound(on);
    await on.run("mergeRecords", { by: null, kind: "artist", from: id, into: artistId });
    expect(await titlesOf(on, artistId)).toEqual(["Dawn", "Dusk", "Noon"]);
    expect(await on.database.rows("SELECT total_votes AS votes FROM shows WHERE id = ?", own), "merging them again takes it back").toEqual([{ votes: 1 }]);
    await sound(on);
  });

  test("is refused where it is another one's, unknown, or all there is", async () => {
    await using on = await startCatalogueStage();
    const { artistId } = await joined(on);
    const other = await on.artist(artistRecord({ id: "O1", name: "Other" }), { provider: "spotify" });
    const before = await allRows(on.database, []);
    await expect(split(on, "artist", "spotify", "O1", artistId)).rejects.toMatchObject({ reason: "not_found" });
    await expect(split(on, "artist", "spotify", "S1", 999)).rejects.toMatchObject({ reason: "not_found" });
    await expect(split(on, "artist", "spotify", "O1", other)).rejects.toMatchObject({ reason: "only_identity" });
    expect(await allRows(on.database, [])).toEqual(before);
  });
});

test("a venue's identity that is split off takes the shows that its provider alone has told of", async () => {
  await using on = await startCatalogueStage();
  await on.shows([showRecord({ id: "E1" })]);
  await on.setlists([setlistRecord({ id: "p" }, ["Dusk"])]);
  const [mine, other] = (await on.database.rows("SELECT venue_id AS id FROM venue_identities ORDER BY provider DESC")).map(({ id }) => Number(id));
  expect(other, "both providers' records are one venue").toBe(mine);
  const id = await split(on, "venue", "ticketmaster", "V1", mine!);
  expect(await on.database.rows("SELECT venue_id AS venue, local_date AS date FROM shows ORDER BY date")).toEqual([
    { venue: mine, date: "2026-06-01" },
    { venue: id, date: "2026-07-01" },
  ]);
  await on.shows([showRecord({ id: "E3", localDate: "2026-07-20", venue: venueRecord({ id: "V1" }) })]);
  expect(await on.database.rows("SELECT venue_id AS venue FROM shows WHERE local_date = '2026-07-20'")).toEqual([{ venue: id }]);
});

test("an event that is split off a show is a show of that night, and the votes stay", async () => {
  await using on = await startCatalogueStage();
  await on.songs([songRecord({ id: "1", title: "Dawn" })]);
  await on.shows([showRecord({ id: "E1" })]);
  await on.setlists([setlistRecord({ id: "p", localDate: "2026-07-01" }, ["Dawn"])]);
  await on.run("makeBallots", { artistId: on.artistId });
  const [show] = await on.database.rows("SELECT id FROM shows");
  const [fan] = await buildFans(on.database, 1);
  await on.run("castVotes", { fan: allowed(fan!, "vote"), setlistSongId: (await ballotOf(on.database, Number(show!["id"]))).get("Dawn")!.id });
  const id = await split(on, "show", "ticketmaster", "E1", Number(show!["id"]));
  expect(await on.database.rows("SELECT local_date AS date, total_votes AS votes FROM shows ORDER BY id")).toEqual([{ date: "2026-07-01", votes: 1 }, { date: "2026-07-01", votes: 0 }]);
  expect(await on.database.rows("SELECT show_id AS show FROM show_identities")).toEqual([{ show: id }]);
  expect([...(await ballotOf(on.database, id)).keys()]).toEqual(["Dawn"]);
  expect(await on.shows([showRecord({ id: "E1", localDate: "2026-07-02" })])).toBe(1);
  expect(await on.database.rows("SELECT local_date AS date FROM shows WHERE id = ?", id)).toEqual([{ date: "2026-07-02" }]);
  await sound(on);
});
