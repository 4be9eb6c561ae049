import { describe, expect, test } from "vitest";
import type { PlacedShow } from "#server/commands/catalogue/store-shows.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { artistRecord, setlistRecord, showRecord, songRecord, startCatalogueStage, venueRecord, type CatalogueStage } from "#tests/support/catalogue-stage.ts";
import { eventsSince, lastSeq, miscounts } from "#tests/support/outbox.ts";
import { watchRows } from "#tests/support/row-changes.ts";

const shows = (on: CatalogueStage) =>
  on.database.rows(`
    SELECT s.id, s.slug, s.local_date AS day, s.starts_at AS starts, s.status, s.total_votes AS votes, p.closes_at AS closes, v.name AS venue
    FROM shows s JOIN predicted_setlists p ON p.show_id = s.id JOIN venues v ON v.id = s.venue_id ORDER BY s.id`);
const at = (instant: string) => Date.parse(instant);
const first = showRecord({ id: "E1" });

/** A show to come with one vote, and what tells of its events since. */
async function voted(on: CatalogueStage, record: PlacedShow = first) {
  await on.songs([songRecord({ id: "r", title: "Dawn" })]);
  await on.shows([record]);
  await on.run("makeBallots", { artistId: on.artistId });
  const [fan, other, admin] = await buildFans(on.database, 3);
  const [song] = await on.database.rows("SELECT id FROM setlist_songs");
  const cast = (userId: number) => on.run("castVotes", { fan: allowed(userId, "vote"), setlistSongId: Number(song!["id"]) });
  await cast(fan!);
  const seq = await lastSeq(on.database);
  const [{ id: showId }] = (await shows(on)) as [{ id: number }];
  return { showId, admin: admin!, events: () => eventsSince(on.database, seq), another: () => cast(other!) };
}

describe("an event that comes in", () => {
  test("is a show with a ballot, and is not written again while nothing has changed", async () => {
    await using on = await startCatalogueStage();
    expect(await on.shows([first, first])).toBe(1);
    const starts = at("2026-07-01T18:00:00Z");
    expect(await shows(on)).toMatchObject([{ slug: "the-larks-hall-2026-07-01", day: "2026-07-01", starts, closes: starts, status: "upcoming", venue: "Hall" }]);
    const changes = await watchRows(on.database);
    expect(await on.shows([first])).toBe(0);
    expect(await on.shows([])).toBe(0);
    expect(await changes()).toEqual({});
  });

  test("moves on the same row with its votes, and the close with it", async () => {
    await using on = await startCatalogueStage();
    const { showId, events } = await voted(on);
    await on.shows([{ ...first, localDate: "2026-08-02", startsAt: at("2026-08-02T19:00:00Z"), status: "rescheduled" }]);
    expect(await shows(on)).toMatchObject([{ id: showId, slug: "the-larks-hall-2026-07-01", day: "2026-08-02", closes: at("2026-08-02T19:00:00Z"), status: "upcoming", votes: 1 }]);
    expect(await events()).toEqual([{ kind: "show.changed", show: showId, payload: { status: "upcoming", changed: ["localDate", "startsAt", "closesAt"] } }]);
    expect(await miscounts(on.database)).toEqual([]);
  });

  test("leaves a close alone that an admin has moved", async () => {
    await using on = await startCatalogueStage();
    const { showId, admin } = await voted(on);
    await on.run("moveClose", { admin: allowed(admin, "manage-shows", "admin"), show: showId, note: "", closesAt: at("2026-07-01T12:00:00Z") });
    await on.shows([{ ...first, startsAt: at("2026-07-01T19:00:00Z") }]);
    expect(await shows(on)).toMatchObject([{ starts: at("2026-07-01T19:00:00Z"), closes: at("2026-07-01T12:00:00Z") }]);
  });

  test("tells its time later: until then voting is open all day", async () => {
    await using on = await startCatalogueStage();
    await on.shows([{ ...first, localTime: null, startsAt: null }]);
    expect(await shows(on)).toMatchObject([{ starts: null, closes: at("2026-07-01T22:00:00Z") }]);
    await on.shows([first]);
    expect(await shows(on)).toMatchObject([{ starts: at("2026-07-01T18:00:00Z"), closes: at("2026-07-01T18:00:00Z") }]);
  });

  test("begins by the venue's clock where no instant is told, also at a time that the clock skips", async () => {
    await using on = await startCatalogueStage();
    await on.shows([
      { ...first, startsAt: null, localTime: "19:30" },
      showRecord({ id: "E2", localDate: "2027-03-28", localTime: "02:30", startsAt: null }),
      showRecord({ id: "E3", localDate: "2026-07-05", localTime: "20:00", startsAt: null, timeZone: null, venue: venueRecord({ id: "V2", timeZone: "Asia/Tokyo" }) }),
    ]);
    expect((await shows(on)).map(({ starts }) => starts)).toEqual([at("2026-07-01T17:30:00Z"), at("2027-03-28T01:30:00Z"), at("2026-07-05T11:00:00Z")]);
  });

  test("is cancelled and comes back, with its votes", async () => {
    await using on = await startCatalogueStage();
    const { showId, events, another } = await voted(on);
    await on.shows([{ ...first, status: "cancelled" }]);
    expect(await shows(on)).toMatchObject([{ id: showId, status: "cancelled", votes: 1 }]);
    expect(await another()).toMatchObject({ verdict: "refused" });
    await on.shows([first]);
    expect(await shows(on)).toMatchObject([{ id: showId, status: "upcoming", votes: 1 }]);
    expect(await another()).toMatchObject({ verdict: "counted" });
    expect((await events()).map(({ payload }) => payload["status"])).toEqual(["cancelled", "upcoming", undefined]);
  });

  test("is put off without a date, and its ballot opens again when it has one", async () => {
    await using on = await startCatalogueStage();
    const { showId, another } = await voted(on);
    await on.shows([{ ...first, localDate: null, localTime: null, startsAt: null, status: "postponed" }]);
    expect(await shows(on)).toMatchObject([{ id: showId, day: "2026-07-01", status: "postponed", votes: 1 }]);
    on.clock.set("2026-07-20T12:00:00Z");
    expect(await another()).toMatchObject({ verdict: "refused" });
    await on.shows([{ ...first, localDate: "2026-09-01", localTime: null, startsAt: null, status: "rescheduled" }]);
    expect(await shows(on)).toMatchObject([{ id: showId, day: "2026-09-01", status: "upcoming", closes: at("2026-09-01T22:00:00Z") }]);
    expect(await another()).toMatchObject({ verdict: "counted" });
  });

  test("without a date is no show until it has one", async () => {
    await using on = await startCatalogueStage();
    const undated = { ...first, localDate: null, localTime: null, startsAt: null };
    expect(await on.shows([undated])).toBe(1);
    expect(await shows(on)).toEqual([]);
    const changes = await watchRows(on.database);
    expect(await on.shows([undated])).toBe(0);
    expect(await changes()).toEqual({});
    await on.shows([first]);
    expect(await shows(on)).toHaveLength(1);
  });

  test("goes to another venue, whose name and place follow what the provider says", async () => {
    await using on = await startCatalogueStage();
    const { showId } = await voted(on);
    await on.shows([{ ...first, venue: venueRecord({ id: "V2", name: "Arena" }) }]);
    expect(await shows(on)).toMatchObject([{ id: showId, venue: "Arena", votes: 1 }]);
    await on.shows([{ ...first, venue: venueRecord({ id: "V2", name: "Big Arena", city: "Halle", latitude: 51.48 }) }]);
    expect(await shows(on)).toMatchObject([{ id: showId, venue: "Big Arena" }]);
    expect(await on.database.rows("SELECT slug, city FROM venues WHERE name = 'Big Arena'")).toEqual([{ slug: "arena-leipzig", city: "Halle" }]);
    await on.shows([{ ...first, venue: null }]);
    expect(await shows(on)).toMatchObject([{ id: showId, venue: "Venue unknown", votes: 1 }]);
  });

  test("at a venue that was rejected for ours makes one new venue, not one each time", async () => {
    await using on = await startCatalogueStage();
    await on.shows([first]);
    await on.database.change((tx) => tx.run("UPDATE venue_identities SET status = 'rejected'"));
    for (const name of ["Hall 1", "Hall 2"]) await on.shows([{ ...first, venue: venueRecord({ id: "V1", name }) }]);
    expect(await on.database.rows("SELECT name FROM venues ORDER BY id")).toEqual([{ name: "Hall" }, { name: "Hall 2" }]);
  });

  test("is a show for each artist of ours on its bill, which is kept in order as long as it holds", async () => {
    await using on = await startCatalogueStage();
    const other = await on.artist(artistRecord({ id: "owl", name: "Owl" }));
    const bill = (...names: string[]) => ({ ...first, artists: names.map((name) => ({ id: `K-${name}`, name, sameAs: [] })) });
    const both = bill("Owl", "The Larks", "Elk");
    await on.shows([both]);
    await on.run("storeShows", { artistId: other, provider: "ticketmaster", records: [both] });
    expect((await shows(on)).map(({ slug }) => slug)).toEqual(["the-larks-hall-2026-07-01", "owl-hall-2026-07-01"]);
    const billed = () => on.database.rows("SELECT name FROM billed_artists WHERE show_id = 1 ORDER BY position");
    expect((await billed()).map(({ name }) => name)).toEqual(["Owl", "The Larks", "Elk"]);
    const changes = await watchRows(on.database);
    await on.shows([{ ...both, ticketUrl: "https://example.org/t" }]);
    expect(await changes(), "the bill is the same").toEqual({ show_identities: 1 });
    await on.shows([bill("The Larks")]);
    expect(await billed()).toEqual([]);
  });

  test("twice on one day is a matinee and an evening; equal addresses are told apart", async () => {
    await using on = await startCatalogueStage();
    await on.shows([showRecord({ id: "E1", localTime: "14:00", startsAt: at("2026-07-01T12:00:00Z") }), showRecord({ id: "E2" })]);
    expect((await shows(on)).map(({ slug }) => slug)).toEqual(["the-larks-hall-2026-07-01", "the-larks-hall-2026-07-01-2"]);
    const far = { venue: venueRecord({ id: "V9", name: "The Very Long Name of a Hall That Nobody Can Ever Remember in Full" }) };
    await on.shows([showRecord({ id: "E3", ...far })]);
    expect((await shows(on))[2]!["slug"]).toMatch(/^the-larks-the-very-long.*-2026-07-01$/);
  });

  test("of the past is over", async () => {
    await using on = await startCatalogueStage();
    await on.shows([showRecord({ id: "E1", localDate: "2026-06-12", startsAt: at("2026-06-12T18:00:00Z") })]);
    expect(await shows(on)).toMatchObject([{ status: "completed" }]);
  });

  test("of a night that is known from its setlist is that show", async () => {
    await using on = await startCatalogueStage();
    await on.setlists([setlistRecord({ id: "s", localDate: "2026-07-01" })]);
    await on.shows([first]);
    expect(await shows(on)).toMatchObject([{ slug: "the-larks-hall-2026-07-01", starts: at("2026-07-01T18:00:00Z") }]);
  });
});

describe("an event that its provider has no more", () => {
  test("is cancelled with its votes, once; and is the same show when it comes back", async () => {
    await using on = await startCatalogueStage();
    const { showId, events } = await voted(on);
    expect(await on.shows([], ["E1", "E-never"])).toBe(1);
    expect(await shows(on)).toMatchObject([{ id: showId, status: "cancelled", votes: 1 }]);
    expect(await events()).toEqual([{ kind: "show.changed", show: showId, payload: { status: "cancelled", changed: ["status"], gone: "ticketmaster" } }]);
    const changes = await watchRows(on.database);
    expect(await on.shows([], ["E1"])).toBe(0);
    expect(await changes()).toEqual({});
    await on.shows([first]);
    expect(await shows(on)).toMatchObject([{ id: showId, status: "upcoming", votes: 1 }]);
  });

  test("goes on as the same night's event of another id: voters keep their show", async () => {
    await using on = await startCatalogueStage();
    const { showId } = await voted(on);
    await on.shows([showRecord({ id: "E1-new" })]);
    expect(await shows(on)).toHaveLength(2);
    await on.shows([], ["E1"]);
    expect(await shows(on)).toMatchObject([{ id: showId, status: "upcoming", votes: 1 }]);
    expect(await on.database.rows("SELECT provider_id AS id, show_id AS show FROM show_identities")).toEqual([{ id: "E1-new", show: showId }]);
    expect(await on.database.rows("SELECT slug FROM removed_pages")).toEqual([{ slug: "the-larks-hall-2026-07-01-2" }]);
    expect(await on.shows([showRecord({ id: "E1-new" })]), "and it is up to date").toBe(0);
  });

  test("that is over stays as it was", async () => {
    await using on = await startCatalogueStage();
    const { showId } = await voted(on);
    on.clock.set("2026-07-02T12:00:00Z");
    await on.run("advanceShows", undefined);
    await on.shows([], ["E1"]);
    expect(await shows(on)).toMatchObject([{ id: showId, status: "completed", votes: 1 }]);
  });
});
