import { describe, expect, test } from "vitest";
import { buildStudied, HABITS } from "#tests/support/browser-forecast.ts";
import { buildShow } from "#tests/support/builders.ts";
import { startTestServer } from "#tests/support/test-server.ts";

const ask = async () => {
  const server = await startTestServer();
  server.clock.set("2026-06-13T12:00:00Z");
  return server;
};

describe("forecast.get", () => {
  test("tells chances, reasons, the expected setlist in order, and what it rests on", async () => {
    await using server = await ask();
    const { slug, showId } = await buildStudied(server, { localDate: "2026-07-01" });
    const { show, artist, forecast } = await server.client.forecast.get.query({ show: slug });
    expect(show).toEqual({ id: showId, slug, localDate: "2026-07-01", status: "upcoming" });
    expect(artist.name).toMatch(/^Artist/);
    expect(forecast).toMatchObject({ model: 1, shows: 40, length: 6, madeAt: "2026-06-13T12:00:00.000Z" });
    const { setlist, songs } = forecast!;
    expect(setlist).toHaveLength(6);
    expect(setlist[0]).toMatchObject({ song: { title: "Song 1" }, opens: true, encore: false });
    expect(setlist.at(-1)).toMatchObject({ song: { title: "Song 13" }, opens: false, encore: true });
    expect(songs.map(({ chance }) => chance)).toEqual(songs.map(({ chance }) => chance).sort((a, b) => b - a));
    const opener = songs.find(({ song }) => song.title === "Song 1")!;
    expect(opener.reasons).toBe("played at 10 of the last 10; usually opens; played at the last visit");
    expect(opener.roles.opener).toBeGreaterThan(0.8);
    expect(opener.confidence).toBe(opener.chance);
  });

  test("blends with the votes, on the ballot too", async () => {
    await using server = await ask();
    const { slug, setlistSongIds } = await buildStudied(server, { localDate: "2026-07-01" });
    const ballot = async () => (await server.client.shows.get.query({ show: slug })).ballot;
    const rare = (await ballot()).find(({ song }) => song.title === "Song 7")!;
    expect(rare).toMatchObject({ confidence: rare.forecast, trend: 1 });
    expect(setlistSongIds).toContain(rare.setlistSongId);
    for (let i = 0; i < 20; i += 1) await (await server.fan()).client.votes.cast.mutate({ setlistSongId: rare.setlistSongId });
    const after = (await ballot()).find(({ song }) => song.title === "Song 7")!;
    expect(after.forecast).toBe(rare.forecast);
    expect(after.confidence).toBeCloseTo((20 * rare.forecast! + 20) / 40, 3);
    expect((await server.client.shows.get.query({ show: slug })).fans).toBe(20);
    const { forecast } = await server.client.forecast.get.query({ show: slug });
    expect(forecast!.songs.find(({ song }) => song.title === "Song 7")!.confidence).toBe(after.confidence);
  });

  test("of a show without one is null, as it is where only base chances were kept", async () => {
    await using server = await ask();
    const { showId, slug } = await buildShow(server.database);
    expect((await server.client.forecast.get.query({ show: showId })).forecast).toBeNull();
    await server.database.change(async (tx) => {
      await tx.run(`INSERT INTO forecasts (show_id, kind, model, shows, expected_length, made_at) VALUES (${showId}, 'base', 0, 1, 1, 0)`);
      await tx.run(`INSERT INTO song_chances (show_id, song_id, played, opener, closer, encore, reasons) SELECT ${showId}, song_id, 0.5, 0, 0, 0, '[]' FROM setlist_songs WHERE show_id = ${showId}`);
    });
    expect((await server.client.forecast.get.query({ show: slug })).forecast).toBeNull();
    const { ballot } = await server.client.shows.get.query({ show: slug });
    expect(ballot[0]).toMatchObject({ forecast: null, confidence: null, reasons: "" });
    await expect(server.client.forecast.get.query({ show: "nowhere" })).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
  });
});

describe("artists.stats", () => {
  test("tells figures of all shows, of a year and of a tour, with titles", async () => {
    await using server = await ask();
    const { artistSlug: artist, artistId } = await buildStudied(server, {}, [...HABITS, { on: "2025-01-01", songs: [5, 6], tour: "The First Tour" }]);
    const all = await server.client.artists.stats.query({ artist });
    expect(all).toMatchObject({ scope: "all", name: "", years: ["2026", "2025"], tours: ["Zweite Tournee – Part II", "The First Tour"] });
    expect(all.statistics).toMatchObject({ shows: 41, firstOn: "2025-01-01", lastOn: "2026-06-12" });
    expect(all.statistics!.mostPlayed[0]).toMatchObject({ song: { title: "Song 1" }, plays: 40 });
    expect(all.sources.map(({ provider }) => provider)).toContain("setlistfm");
    const year = await server.client.artists.stats.query({ artist: artistId, year: "2025" });
    expect(year.statistics).toMatchObject({ shows: 1, songs: 2 });
    const tour = await server.client.artists.stats.query({ artist, tour: "The First Tour" });
    expect(tour.statistics).toMatchObject({ shows: 26 });
  });

  test("of what nobody knows is null, and refuses what makes no sense", async () => {
    await using server = await ask();
    const { artistSlug: artist } = await buildShow(server.database);
    const none = await server.client.artists.stats.query({ artist });
    expect(none).toMatchObject({ statistics: null, years: [], tours: [], accuracy: { shows: 0, crowd: { shows: 0, share: null } } });
    expect((await server.client.artists.stats.query({ artist, year: "1999" })).statistics).toBeNull();
    await expect(server.client.artists.stats.query({ artist, year: "99" })).rejects.toMatchObject({ data: { fields: { year: "A year looks like 2026." } } });
    await expect(server.client.artists.stats.query({ artist, year: "2025", tour: "X" })).rejects.toMatchObject({ data: { code: "BAD_REQUEST" } });
    await expect(server.client.artists.stats.query({ artist: "nobody" })).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
  });

  test("tells how right fans and forecasts were at the shows that were scored", async () => {
    await using server = await ask();
    const show = await buildStudied(server);
    const past = await server.database.rows("SELECT id FROM shows WHERE status = 'completed' ORDER BY id LIMIT 2");
    await server.database.change(async (tx) => {
      for (const [i, { id }] of past.entries()) {
        await tx.run(`INSERT INTO show_scores (show_id, setlist_id, setlist_version, played, unknown, fans, possible, ranked, crowd_hits, forecast_hits, last_shows_hits, lists, scored_at)
          VALUES (${Number(id)}, 1, '1', 10, 0, 3, 60, 1, ${i === 0 ? 6 : 4}, ${i === 0 ? 7 : "NULL"}, 3, '{}', 0)`);
      }
    });
    const { accuracy } = await server.client.artists.stats.query({ artist: show.artistSlug });
    expect(accuracy).toEqual({ shows: 2, crowd: { shows: 2, share: 0.5 }, forecast: { shows: 1, share: 0.7 }, lastShows: { shows: 2, share: 0.3 } });
  });
});

test("shows.history tells a show's votes over time", async () => {
  await using server = await ask();
  const { slug, setlistSongIds } = await buildShow(server.database);
  await (await server.fan()).client.votes.castMany.mutate({ setlistSongIds: setlistSongIds.slice(0, 2) });
  const said = await server.client.shows.history.query({ show: slug });
  expect(said).toMatchObject({ total: [2], at: ["2026-06-13T12:00:00.000Z"], songs: [{ votes: [1] }, { votes: [1] }] });
  await expect(server.client.shows.history.query({ show: "nowhere" })).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
});
