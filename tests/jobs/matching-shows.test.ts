import { expect, test } from "vitest";
import type { ProviderId } from "#server/domain/provider-records.ts";
import { artistRecord, setlistRecord, showRecord, startCatalogueStage, venueRecord, type CatalogueStage } from "#tests/support/catalogue-stage.ts";

const HALL = { name: "Lantern Hall", city: "Leipzig", country: "DE" };
/** What Ticketmaster knows of it, and what setlist.fm does: another id, and the middle of the town. */
const TICKETS = venueRecord({ id: "V1", ...HALL, latitude: 51.3201, longitude: 12.3802 });
const SETLISTS = venueRecord({ id: "s1", ...HALL, name: "The Lantern Hall" });

const event = { id: "E1", venue: TICKETS };
const setlist = { id: "s-1", localDate: "2026-07-01", venue: SETLISTS };

const shows = ({ database }: CatalogueStage) => database.rows("SELECT local_date AS day, (SELECT name FROM venues v WHERE v.id = venue_id) AS venue FROM shows ORDER BY local_date, starts_at, id");
const reviews = ({ database }: CatalogueStage, kind = "show") => database.rows(`SELECT confidence FROM matches WHERE kind = '${kind}' AND status = 'review'`);
const one = [{ day: "2026-07-01", venue: "Lantern Hall" }];

test.each(["the ticket", "the setlist"])("the same night from two providers is one show, whichever comes first: %s", async (first) => {
  await using stage = await startCatalogueStage();
  const tell = { "the ticket": () => stage.shows([showRecord(event)]), "the setlist": () => stage.setlists([setlistRecord(setlist)]) };
  await tell[first as keyof typeof tell]();
  for (const told of Object.values(tell)) await told();
  expect(await shows(stage)).toEqual(one);
  expect(await stage.database.rows("SELECT DISTINCT venue_id FROM venue_identities")).toHaveLength(1);
  expect(await stage.database.rows("SELECT kind, status FROM matches WHERE kind = 'show' OR status = 'review'")).toEqual([]);
});

test("a night that Ticketmaster lists twice is put into review, and taken out when one of the two is moved", async () => {
  await using stage = await startCatalogueStage();
  await stage.shows([showRecord(event), showRecord({ ...event, id: "E2", name: "The Larks: VIP package" })]);
  expect(await shows(stage)).toHaveLength(2);
  expect(await reviews(stage)).toEqual([{ confidence: 0.85 }]);
  const moved = { localDate: "2026-07-09", startsAt: Date.parse("2026-07-09T18:00:00Z"), status: "rescheduled" as const };
  await stage.shows([showRecord({ ...event, id: "E2", ...moved })]);
  expect((await shows(stage)).map(({ day }) => day)).toEqual(["2026-07-01", "2026-07-09"]);
  expect(await reviews(stage)).toEqual([]);
});

test("a matinee and an evening are two shows", async () => {
  await using stage = await startCatalogueStage();
  const matinee = showRecord({ ...event, id: "E0", localTime: "15:00", startsAt: Date.parse("2026-07-01T13:00:00Z") });
  await stage.shows([matinee, showRecord(event)]);
  await stage.setlists([setlistRecord(setlist), setlistRecord({ ...setlist, id: "s-2" })]);
  expect(await shows(stage)).toEqual([...one, ...one]);
  expect(await reviews(stage)).toEqual([]);
});

test("a festival with ten acts is a show for each of them", async () => {
  await using stage = await startCatalogueStage();
  const acts: ProviderId[] = Array.from({ length: 9 }, (_, nth) => ({ provider: "ticketmaster", id: `K${nth + 2}` }));
  const ids = [stage.artistId];
  for (const { id } of acts) ids.push(await stage.artist(artistRecord({ id, name: `Act ${id}` }), { provider: "ticketmaster" }));
  const bill = [{ id: "K1", name: "The Larks", sameAs: [] }, ...acts.map(({ id }) => ({ id, name: `Act ${id}`, sameAs: [] }))];
  for (const artistId of ids) await stage.run("storeShows", { artistId, provider: "ticketmaster", records: [showRecord({ ...event, artists: bill })] });
  expect(await stage.database.rows("SELECT count(*) AS shows, count(DISTINCT artist_id) AS artists, count(DISTINCT venue_id) AS venues FROM shows")).toEqual([{ shows: 10, artists: 10, venues: 1 }]);
  expect(await reviews(stage)).toEqual([]);
});

test("a show that is moved stays the one that it was", async () => {
  await using stage = await startCatalogueStage();
  await stage.shows([showRecord(event)]);
  const before = await stage.database.rows("SELECT id, slug FROM shows");
  await stage.shows([showRecord({ ...event, localDate: "2026-08-02", startsAt: Date.parse("2026-08-02T18:00:00Z"), status: "rescheduled" })]);
  expect(await stage.database.rows("SELECT id, slug FROM shows WHERE local_date = '2026-08-02'")).toEqual(before);
  expect(await shows(stage)).toHaveLength(1);
});

test("a venue that is renamed under its id has the new name", async () => {
  await using stage = await startCatalogueStage();
  await stage.shows([showRecord(event)]);
  await stage.shows([showRecord({ ...event, venue: { ...TICKETS, name: "Copper Dome" } })]);
  expect(await shows(stage)).toEqual([{ day: "2026-07-01", venue: "Copper Dome" }]);
});

test("another id and name in the same place may be the venue renamed: somebody is asked", async () => {
  await using stage = await startCatalogueStage();
  await stage.shows([showRecord(event), showRecord({ id: "E2", localDate: "2026-07-03", venue: { ...TICKETS, id: "V2", name: "Copper Dome" } })]);
  expect(await stage.database.rows("SELECT name FROM venues ORDER BY id")).toEqual([{ name: "Lantern Hall" }, { name: "Copper Dome" }]);
  expect(await reviews(stage, "venue")).toHaveLength(1);
});

test("two venues of one town in the middle of which setlist.fm puts them stay two, and nobody is asked", async () => {
  await using stage = await startCatalogueStage();
  const centre = { latitude: 51.34, longitude: 12.37 };
  await stage.shows([showRecord({ ...event, venue: { ...TICKETS, ...centre } })]);
  await stage.setlists([setlistRecord({ ...setlist, localDate: "2026-06-01", venue: { ...SETLISTS, name: "Copper Dome" } })]);
  expect(await stage.database.rows("SELECT count(*) AS n FROM venues")).toEqual([{ n: 2 }]);
  expect(await reviews(stage, "venue")).toEqual([]);
});

const NIGHTS = [
  { zone: "Pacific/Auckland", startsAt: "2026-07-01T08:00:00Z", city: "Auckland", country: "NZ", latitude: -36.85, longitude: 174.76 },
  { zone: "Pacific/Honolulu", startsAt: "2026-07-02T06:00:00Z", city: "Honolulu", country: "US", latitude: 21.31, longitude: -157.86 },
];

test.each([[0, 1, 2], [0, 2, 1], [2, 0, 1]])("two venues of one name that Ticketmaster has at two ends of a town never become one by what setlist.fm says: %i %i %i", async (...order) => {
  await using stage = await startCatalogueStage();
  const far = venueRecord({ id: "V2", ...HALL, latitude: 51.3501, longitude: 12.3802 });
  const tell = [
    () => stage.shows([showRecord(event)]),
    () => stage.shows([showRecord({ id: "E2", venue: far, localDate: "2026-07-03", startsAt: Date.parse("2026-07-03T18:00:00Z") })]),
    () => stage.setlists([setlistRecord({ ...setlist, localDate: "2026-06-01" })]),
  ];
  for (const which of order) await tell[which]!();
  expect(await stage.database.rows("SELECT count(DISTINCT venue_id) AS venues FROM venue_identities WHERE provider = 'ticketmaster'")).toEqual([{ venues: 2 }]);
  expect(await reviews(stage, "venue")).not.toEqual([]);
});

test.each(NIGHTS)("the day at $city is the day there: what is written down under it is that show, and the day before another one", async ({ zone, startsAt, ...place }) => {
  await using stage = await startCatalogueStage();
  const venue = { ...TICKETS, ...place, timeZone: zone };
  await stage.shows([showRecord({ ...event, venue, timeZone: zone, startsAt: Date.parse(startsAt) })]);
  const there = { ...SETLISTS, ...place, timeZone: zone };
  await stage.setlists([setlistRecord({ ...setlist, venue: there }), setlistRecord({ ...setlist, id: "s-2", localDate: "2026-06-30", venue: there })]);
  expect((await shows(stage)).map(({ day }) => day)).toEqual(["2026-06-30", "2026-07-01"]);
  expect(await reviews(stage)).toEqual([]);
});
