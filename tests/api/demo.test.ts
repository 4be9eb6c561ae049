import { describe, expect, test } from "vitest";
import { AppError } from "#server/domain/errors.ts";
import { artistPage } from "#server/views/artist-page.ts";
import { showPage } from "#server/views/show-page.ts";
import { venuePage } from "#server/views/venue-page.ts";
import { buildShow } from "#tests/support/builders.ts";
import { startDirectWriter, type DirectWriter } from "#tests/support/direct-writer.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import type { TestDatabase } from "#tests/support/test-database.ts";

const explicit = { onlyIfFresh: false };
const tables = ["artists", "venues", "shows", "songs", "users", "predicted_setlists", "setlist_songs", "votes"]
  .concat("show_allowances", "day_allowances", "sessions", "api_tokens", "settings", "audit_log", "jobs")
  .concat("actual_setlists", "played_songs", "forecasts", "song_chances", "show_scores", "fan_scores", "standings");

async function one(database: TestDatabase, sql: string): Promise<number> {
  return Number(Object.values((await database.rows(sql))[0]!)[0]);
}

/** Every row of the program's tables but for the mark that says whether there is a demo. */
async function contents(database: TestDatabase): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const table of tables) all[table] = await database.rows(`SELECT * FROM ${table} ORDER BY 1, 2`);
  all["settings"] = await database.rows("SELECT * FROM settings WHERE key <> 'demo'");
  return all;
}

async function seeded(): Promise<DirectWriter> {
  const writer = await startDirectWriter();
  expect(await writer.run("seedDemo", { onlyIfFresh: true })).toBe(true);
  return writer;
}

describe("the demo catalogue", () => {
  test("is as large as it says, with shows behind, tonight and ahead", async () => {
    await using writer = await seeded();
    const n = (sql: string) => one(writer.database, `SELECT count(${sql}`);
    expect(await n("*) FROM artists WHERE demo = 1")).toBeGreaterThanOrEqual(50);
    expect(await n("*) FROM songs WHERE title_key <> search_title OR title_key = ''"), "songs without a key").toBe(0);
    expect(await n("DISTINCT genre) FROM artists")).toBeGreaterThanOrEqual(12);
    expect(await n("DISTINCT country) FROM artists")).toBeGreaterThanOrEqual(10);
    expect(await n("*) FROM venues WHERE demo = 1")).toBeGreaterThanOrEqual(20);
    expect(await n("*) FROM shows WHERE demo = 1")).toBeGreaterThanOrEqual(100);
    expect(await n("*) FROM songs WHERE demo = 1")).toBeGreaterThanOrEqual(600);
    expect(await n("*) FROM users WHERE demo = 1")).toBeGreaterThanOrEqual(40);
    expect(await n("*) FROM votes")).toBeGreaterThan(1_000);
    const when = await writer.database.rows(`SELECT sign(julianday(local_date) - julianday('2026-06-13')) AS day,
      count(*) AS shows, sum(total_votes > 0) AS voted FROM shows WHERE EXISTS (SELECT 1 FROM setlist_songs WHERE show_id = shows.id) GROUP BY 1 ORDER BY 1`);
    expect(when.map((row) => row["day"])).toEqual([-1, 0, 1]);
    for (const row of when) expect(Number(row["voted"]), `day ${String(row["day"])}`).toBeGreaterThan(Number(row["shows"]) / 2);
  });

  test("gives every show a ballot, and every artist songs that fans can still add", async () => {
    await using writer = await seeded();
    expect(await writer.database.rows(`SELECT slug FROM shows s WHERE
      (SELECT count(*) FROM setlist_songs x WHERE x.show_id = s.id) < 5
      AND s.local_date > (SELECT min(local_date) FROM shows x WHERE x.artist_id = s.artist_id AND x.total_votes > 0)`)).toEqual([]);
    expect(await writer.database.rows(`SELECT s.slug FROM shows s WHERE
      (SELECT count(*) FROM setlist_songs x WHERE x.show_id = s.id) >=
      (SELECT count(*) FROM songs WHERE songs.artist_id = s.artist_id)`)).toEqual([]);
  });

  test("says what was played at every show that is over, and what had been foretold of some", async () => {
    await using writer = await seeded();
    const { database } = writer;
    expect(await database.rows(`SELECT slug FROM shows s WHERE (status = 'completed') <> EXISTS (SELECT 1 FROM actual_setlists a WHERE a.show_id = s.id AND a.status = 'final')`)).toEqual([]);
    expect(await database.rows(`SELECT a.id FROM actual_setlists a LEFT JOIN played_songs p ON p.setlist_id = a.id
      GROUP BY a.id HAVING count(p.song_id) NOT BETWEEN 5 AND 25 OR count(DISTINCT p.song_id) <> count(*)`)).toEqual([]);
    const shows = await database.rows(`SELECT s.id, tour, f.shows FROM shows s LEFT JOIN forecasts f ON f.show_id = s.id WHERE status = 'completed' AND total_votes > 0`);
    expect(shows.length).toBeGreaterThan(20);
    expect(shows.filter((show) => Number(show["shows"]) >= 6).length).toBeGreaterThanOrEqual(10);
    expect(await one(database, "SELECT count(*) FROM jobs WHERE name = 'score-show'")).toBe(shows.length);
    expect(await one(database, "SELECT max(total) FROM (SELECT sum(played) AS total FROM song_chances GROUP BY show_id)")).toBeLessThan(25);
  });

  test("shows every state a show can be in", async () => {
    await using writer = await seeded();
    const states = await writer.database.rows("SELECT DISTINCT status FROM shows ORDER BY 1");
    expect(states.map((row) => row["status"])).toEqual(expect.arrayContaining(["cancelled", "completed", "upcoming"]));
    expect(await one(writer.database, "SELECT count(*) FROM predicted_setlists WHERE locked_at IS NOT NULL")).toBeGreaterThan(0);
    expect(await one(writer.database, "SELECT count(*) FROM shows WHERE starts_at IS NULL")).toBeGreaterThan(0);
  });

  test("has counters that are what counting its votes says, within every limit", async () => {
    await using writer = await seeded();
    const { database } = writer;
    expect(await database.rows(`SELECT s.id FROM setlist_songs s LEFT JOIN votes v ON v.setlist_song_id = s.id
      GROUP BY s.id HAVING s.votes <> count(v.user_id)`)).toEqual([]);
    expect(await database.rows(`SELECT id FROM shows s WHERE total_votes <>
      (SELECT count(*) FROM votes v WHERE v.show_id = s.id)`)).toEqual([]);
    expect(await database.rows(`SELECT * FROM show_allowances a WHERE votes <>
      (SELECT count(*) FROM votes v WHERE v.show_id = a.show_id AND v.user_id = a.user_id)`)).toEqual([]);
    expect(await database.rows(`SELECT user_id, cast_at / 86400000 AS on_day, count(*) AS n FROM votes GROUP BY 1, 2
      HAVING n > 50 OR n <> (SELECT votes FROM day_allowances d WHERE d.user_id = votes.user_id AND d.day = on_day)`)).toEqual([]);
    expect(await one(database, "SELECT max(votes) FROM show_allowances")).toBeLessThanOrEqual(10);
  });

  test("has no vote from the future or from after a ballot's close", async () => {
    await using writer = await seeded();
    const late = `SELECT 1 FROM votes v JOIN predicted_setlists p ON p.show_id = v.show_id
      WHERE v.cast_at >= min(p.closes_at, ${writer.clock.now()})`;
    expect(await writer.database.rows(late)).toEqual([]);
  });

  test("can be voted on like anything else, and its fans can't sign in", async () => {
    await using writer = await seeded();
    const [fan] = await buildFans(writer.database, 1);
    const [song] = await writer.database.rows(`SELECT x.id, x.votes FROM setlist_songs x JOIN shows s ON s.id = x.show_id
      WHERE s.status = 'upcoming' AND s.local_date > '2026-06-20' LIMIT 1`);
    const vote = { fan: allowed(fan!, "vote"), setlistSongId: Number(song!["id"]) };
    expect(await writer.run("castVotes", vote)).toMatchObject({ verdict: "counted", votes: Number(song!["votes"]) + 1 });
    expect(await writer.database.rows("SELECT 1 FROM users WHERE demo = 1 AND password_hash IS NOT NULL")).toEqual([]);
  });
});

describe("seeding", () => {
  test.each([true, false])("a second time adds nothing (only if fresh: %s)", async (onlyIfFresh) => {
    await using writer = await seeded();
    const before = await contents(writer.database);
    writer.clock.advance(86_400_000);
    expect(await writer.run("seedDemo", { onlyIfFresh })).toBe(false);
    expect(await contents(writer.database)).toEqual(before);
  });

  test("only if fresh leaves an instance with an artist of its own alone; asked for, it does not", async () => {
    await using writer = await startDirectWriter();
    await buildShow(writer.database);
    expect(await writer.run("seedDemo", { onlyIfFresh: true })).toBe(false);
    expect(await one(writer.database, "SELECT count(*) FROM artists")).toBe(1);
    expect(await writer.run("seedDemo", explicit)).toBe(true);
  });

  test("only if fresh does not bring a removed demo back; asked for, it does, around the new day", async () => {
    await using writer = await seeded();
    await writer.run("removeDemo", undefined);
    writer.clock.set("2026-09-01T12:00:00Z");
    expect(await writer.run("seedDemo", { onlyIfFresh: true })).toBe(false);
    expect(await one(writer.database, "SELECT count(*) FROM artists")).toBe(0);
    expect(await writer.run("seedDemo", explicit)).toBe(true);
    expect(await one(writer.database, "SELECT count(*) FROM shows WHERE local_date = '2026-09-01'")).toBeGreaterThan(0);
  });

  test("again works where something real kept a part of the demo, and takes that part up", async () => {
    await using writer = await seeded();
    const artists = await one(writer.database, "SELECT count(*) FROM artists");
    await bookRealShow(writer, { artist: "demo", venue: "demo" });
    await writer.run("removeDemo", undefined);
    expect(await one(writer.database, "SELECT count(*) FROM artists")).toBe(1);
    expect(await writer.run("seedDemo", explicit)).toBe(true);
    expect(await one(writer.database, "SELECT count(*) FROM artists")).toBe(artists);
    expect(await one(writer.database, "SELECT count(*) FROM songs WHERE artist_id = 1")).toBeGreaterThan(5);
  });

  test("where an artist of the catalogue is there for real gives it demo shows and does not take it away again", async () => {
    await using writer = await startDirectWriter();
    const song = "Everything in Its Right Place";
    const real = await buildShow(writer.database, { artist: "RADIOHEAD", venue: "The O2", city: "London", ballot: [song] });
    const before = await contents(writer.database);
    expect(await writer.run("seedDemo", explicit)).toBe(true);
    expect(await one(writer.database, "SELECT count(*) FROM artists WHERE name LIKE 'Radiohead'")).toBe(1);
    expect(await one(writer.database, `SELECT count(*) FROM shows WHERE artist_id = ${real.artistId}`)).toBeGreaterThan(1);
    expect(await writer.run("removeDemo", undefined)).toBe(true);
    expect(await contents(writer.database)).toEqual(before);
  });
});

/** A show that is no demo, by a demo artist or at a demo venue where said; with a vote of a real fan. */
async function bookRealShow(writer: DirectWriter, from: { artist?: "demo"; venue?: "demo" }) {
  const { database } = writer;
  const built = await buildShow(database);
  const [fan] = await buildFans(database, 1);
  await database.change(async (tx) => {
    if (from.artist) {
      await tx.run(`UPDATE songs SET artist_id = 1 WHERE artist_id = ${built.artistId}`);
      await tx.run(`UPDATE shows SET artist_id = 1 WHERE id = ${built.showId}`);
      await tx.run(`DELETE FROM artists WHERE id = ${built.artistId}`);
    }
    if (from.venue) {
      await tx.run(`UPDATE shows SET venue_id = 1 WHERE id = ${built.showId}`);
      await tx.run(`DELETE FROM venues WHERE slug = '${built.venueSlug}'`);
    }
  });
  const vote = { fan: allowed(fan!, "vote"), setlistSongId: built.setlistSongIds[0]! };
  expect(await writer.run("castVotes", vote)).toMatchObject({ verdict: "counted" });
  return { ...built, fan: fan! };
}

test("a real show at the address of a demo show stays the real one", async () => {
  await using other = await seeded();
  const [taken] = await other.database.rows(`SELECT a.name AS artist, v.name AS venue, v.city, s.local_date AS date, s.slug
    FROM shows s JOIN artists a ON a.id = s.artist_id JOIN venues v ON v.id = s.venue_id LIMIT 1`);
  const text = (column: string) => String(taken![column]);
  await using writer = await startDirectWriter();
  const spec = { artist: text("artist"), venue: text("venue"), city: text("city"), localDate: text("date"), ballot: ["Mine"] };
  const real = await buildShow(writer.database, spec);
  expect(real.slug).toBe(text("slug"));
  expect(await writer.run("seedDemo", explicit)).toBe(true);
  expect(await writer.database.rows("SELECT demo, total_votes AS votes FROM shows WHERE slug = ?", real.slug)).toEqual([{ demo: 0, votes: 0 }]);
});

describe("removing the demo", () => {
  test("leaves an instance that had nothing else empty", async () => {
    await using writer = await seeded();
    expect(await writer.run("removeDemo", undefined)).toBe(true);
    const left = Object.entries(await contents(writer.database)).filter(([, rows]) => rows.length > 0);
    expect(left).toEqual([]);
  });

  test("where there is none does nothing", async () => {
    await using writer = await startDirectWriter();
    await buildShow(writer.database);
    const before = await contents(writer.database);
    expect(await writer.run("removeDemo", undefined)).toBe(false);
    expect(await contents(writer.database)).toEqual(before);
  });

  test("leaves every real row as it was", async () => {
    await using writer = await startDirectWriter();
    await bookRealShow(writer, {});
    const before = await contents(writer.database);
    await writer.run("seedDemo", explicit);
    await writer.run("removeDemo", undefined);
    expect(await contents(writer.database)).toEqual(before);
  });

  test("keeps a demo venue and artist that a real show needs, with the show's ballot and votes", async () => {
    await using writer = await seeded();
    const atVenue = await bookRealShow(writer, { venue: "demo" });
    const byArtist = await bookRealShow(writer, { artist: "demo" });
    const ballot = (showId: number) =>
      writer.database.rows("SELECT x.*, v.user_id FROM setlist_songs x LEFT JOIN votes v ON v.setlist_song_id = x.id WHERE x.show_id = ? ORDER BY x.id", showId);
    const before = [await ballot(atVenue.showId), await ballot(byArtist.showId)];
    await writer.run("removeDemo", undefined);
    expect([await ballot(atVenue.showId), await ballot(byArtist.showId)]).toEqual(before);
    expect(await writer.database.rows("SELECT demo, count(*) AS n FROM venues GROUP BY 1 ORDER BY 1")).toEqual([
      { demo: 0, n: 1 },
      { demo: 1, n: 1 },
    ]);
    expect(await one(writer.database, "SELECT count(*) FROM shows")).toBe(2);
    expect(await one(writer.database, "SELECT count(*) FROM users")).toBe(2);
    const page = await showPage(writer.database.reader, { show: byArtist.slug, userId: byArtist.fan, now: writer.clock.now() });
    expect(page).toMatchObject({ totalVotes: 1, allowance: { show: 9 } });
  });

  test("keeps demo songs, artists and venues that providers were found to know, and what came in of them", async () => {
    await using writer = await seeded();
    const { database } = writer;
    await database.change(async (tx) => {
      const known = "'musicbrainz', 'id-1', 1, 'automatic', '{}', 1";
      await tx.run(`INSERT INTO artist_identities (provider, provider_id, confidence, status, evidence, artist_id) VALUES (${known})`);
      await tx.run(`INSERT INTO venue_identities (provider, provider_id, confidence, status, evidence, venue_id) VALUES (${known})`);
      await tx.run(`INSERT INTO song_variants (artist_id, provider, provider_id, song_id, title, title_key, kind, live, video)
        SELECT artist_id, 'musicbrainz', 'r-1', id, title, title_key, 'original', 0, 0 FROM songs WHERE artist_id = 2 LIMIT 1`);
    });
    await writer.run("removeDemo", undefined);
    expect(await database.rows("SELECT id FROM artists ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await database.rows("SELECT id FROM venues")).toEqual([{ id: 1 }]);
    expect(await database.rows("SELECT s.artist_id AS artist FROM songs s JOIN song_variants v ON v.song_id = s.id")).toEqual([{ artist: 2 }]);
    expect(await one(database, "SELECT count(*) FROM songs")).toBe(1);
    expect(await one(database, "SELECT count(*) FROM removed_pages r JOIN artists a ON a.slug = r.slug WHERE kind = 'artist'")).toBe(0);
  });

  test("takes a real fan's votes on demo shows along and keeps the fan's others", async () => {
    await using writer = await seeded();
    const real = await bookRealShow(writer, {});
    const [song] = await writer.database.rows("SELECT x.id FROM setlist_songs x JOIN shows s ON s.id = x.show_id WHERE s.local_date > '2026-06-20' AND s.status = 'upcoming' LIMIT 1");
    await writer.run("castVotes", { fan: allowed(real.fan, "vote"), setlistSongId: Number(song!["id"]) });
    await writer.run("removeDemo", undefined);
    expect(await writer.database.rows("SELECT user_id AS fan, show_id AS show FROM votes")).toEqual([{ fan: real.fan, show: real.showId }]);
    expect(await writer.database.rows("SELECT votes FROM day_allowances"), "the day stays spent").toEqual([{ votes: 2 }]);
  });

  test("leaves word that its pages are gone, but not of those that stayed or never were", async () => {
    await using writer = await seeded();
    const { database, clock } = writer;
    const [gone] = await database.rows("SELECT s.slug AS show, a.slug AS artist, v.slug AS venue FROM shows s JOIN artists a ON a.id = s.artist_id JOIN venues v ON v.id = s.venue_id WHERE artist_id <> 1 AND venue_id <> 1 LIMIT 1");
    const kept = await bookRealShow(writer, { artist: "demo", venue: "demo" });
    await writer.run("removeDemo", undefined);
    const now = clock.now();
    const look = {
      show: (key: string) => showPage(database.reader, { show: key, userId: null, now }),
      artist: (key: string) => artistPage(database.reader, key, now),
      venue: (key: string) => venuePage(database.reader, key, now),
    };
    for (const kind of ["show", "artist", "venue"] as const) {
      expect(await kindOf(look[kind](String(gone![kind]))), kind).toBe("gone");
      expect(await kindOf(look[kind]("never-was")), kind).toBe("not_found");
    }
    const { artist, venue } = await look.show(kept.slug);
    expect((await look.artist(artist.slug)).artist.id).toBe(1);
    expect((await look.venue(venue.slug)).venue.id).toBe(1);
    const told = await database.rows("SELECT slug FROM removed_pages WHERE slug IN (?, ?)", artist.slug, venue.slug);
    expect(told).toEqual([]);
  });
});

async function kindOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? error.kind : `no refusal: ${String(error)}`;
}
