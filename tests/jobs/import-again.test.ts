import { expect, test } from "vitest";
import { openWriter } from "#db/client.ts";
import { queued, REFRESHED, type Refreshed } from "#jobs/definitions.ts";
import { PROVIDERS } from "#server/domain/provider-records.ts";
import { catalogueDigest, countChanges } from "#tests/support/catalogue-rows.ts";
import * as changes from "#tests/support/sandbox/changes.ts";
import { startSyncStage, type SyncStage } from "#tests/support/sync-stage.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function calls({ sandbox: { traffic } }: SyncStage): number {
  return PROVIDERS.reduce((sum, provider) => sum + traffic.figures(provider).requests, 0);
}

async function importFirst(stage: SyncStage): Promise<void> {
  await stage.ask({ name: stage.world.artists[0]!.name });
  await stage.work();
  const imports = await stage.database.rows("SELECT phase, problem FROM imports");
  expect(imports.every(({ phase }) => phase === "done"), JSON.stringify(imports)).toBe(true);
}

async function watchChanges({ database }: SyncStage): Promise<void> {
  const writer = await openWriter(database.url);
  await countChanges((sql) => writer.client.execute(sql));
  writer.close();
}

const counted = ({ database }: SyncStage) => database.rows("SELECT name, what, count(*) AS n FROM counted_changes GROUP BY 1, 2");

async function refresh(stage: SyncStage, what: Refreshed): Promise<void> {
  await stage.write("enqueueJobs", [{ ...queued("refresh-artist", `1 ${what}`, { artistId: 1, what }), runAt: stage.clock.now() }]);
  await stage.work();
}

test("looking at an unchanged artist again makes at most a tenth of the calls and writes nothing to the catalogue", { timeout: 90_000 }, async () => {
  await using stage = await startSyncStage({ artists: [{ recordings: 1_500, works: 300, albums: 90, upcomingShows: 30, pastShows: 300 }] });
  await importFirst(stage);
  const first = calls(stage);
  const rows = await catalogueDigest((sql) => stage.database.rows(sql));
  await watchChanges(stage);
  const looks = { import: () => importFirst(stage), ...Object.fromEntries(REFRESHED.map((what) => [what, () => refresh(stage, what)])) };
  for (const [what, look] of Object.entries(looks)) {
    stage.clock.advance(26 * HOUR_MS);
    stage.sandbox.traffic.clear();
    await look();
    expect(calls(stage), what).toBeGreaterThan(0);
    expect(calls(stage) / first, what).toBeLessThanOrEqual(0.1);
  }
  expect(await counted(stage)).toEqual([]);
  expect(await catalogueDigest((sql) => stage.database.rows(sql))).toEqual(rows);
});

const ARTIST = { kind: "artist", artist: 0, item: 0 } as const;
const SHOW = { kind: "show", artist: 0, item: 2 } as const;
const DATES = "SELECT id, local_date, status FROM shows ORDER BY id";
const LATEST = "SELECT provider, title, tracks_read FROM albums WHERE title = 'Latest' ORDER BY 1";
const AUTUMN = "SELECT status, (SELECT count(*) > 0 FROM setlist_songs b WHERE b.show_id = shows.id) AS ballot FROM shows WHERE local_date = '2026-09-09'";

type Row = Record<string, unknown>;

interface Case {
  what: string;
  happens: (stage: SyncStage) => unknown;
  /** What is asked afterwards, and what is there then; `before` is what there was. */
  ask: string;
  then: (before: Row[], stage: SyncStage) => unknown[];
}

/** The show as it stands on the row that it had, all others as they were. */
function changed(before: Row[], change: Row): Row[] {
  const first = before.findIndex(({ status }) => status === "upcoming");
  const nth = before.findIndex((row) => row.local_date === "2026-06-21");
  expect(nth).toBeGreaterThanOrEqual(first);
  return before.with(nth, { ...before[nth], ...change });
}

const latest = () => [
  { provider: "musicbrainz", title: "Latest", tracks_read: 0 },
  { provider: "spotify", title: "Latest", tracks_read: 1 },
];

const cases: Case[] = [
  {
    what: "a new song comes in",
    happens: ({ world }) => changes.addSong(world, 0, "Brand New Thing"),
    ask: "SELECT title, ballot_worthy FROM songs WHERE title = 'Brand New Thing'",
    then: () => [{ title: "Brand New Thing", ballot_worthy: 1 }],
  },
  { what: "a new album comes in with its tracks", happens: ({ world }) => changes.addAlbum(world, 0, { title: "Latest", tracks: [0, 1] }), ask: LATEST, then: latest },
  {
    what: "an edited setlist takes the place of what it was",
    happens: ({ world, clock }) => changes.editSetlist(world, 0, 0, clock.now(), { songs: ["Edited Opener", 0] }),
    ask: "SELECT count(*) AS n, (SELECT count(*) FROM played_songs o WHERE o.setlist_id = p.setlist_id) AS songs FROM played_songs p WHERE title = 'Edited Opener'",
    then: () => [{ n: 1, songs: 2 }],
  },
  { what: "a new show comes in with a ballot", happens: ({ world }) => changes.addShow(world, 0, { localDate: "2026-09-09" }), ask: AUTUMN, then: () => [{ status: "upcoming", ballot: 1 }] },
  {
    what: "a show that is moved stays the show that it was",
    happens: ({ world }) => changes.reschedule(world, SHOW, "2026-11-11", "19:30:00"),
    ask: DATES,
    then: (before) => changed(before, { local_date: "2026-11-11" }),
  },
  { what: "a cancelled show is said to be", happens: ({ world }) => changes.cancel(world, SHOW), ask: DATES, then: (before) => changed(before, { status: "cancelled" }) },
  { what: "a postponed show is said to be", happens: ({ world }) => changes.postpone(world, SHOW), ask: DATES, then: (before) => changed(before, { status: "postponed" }) },
  {
    what: "a renamed artist has the new name at the old address",
    happens: ({ world }) => changes.rename(world, ARTIST, "The Renamed"),
    ask: "SELECT id, slug, name FROM artists",
    then: (before) => [{ ...before[0], name: "The Renamed" }],
  },
  {
    what: "an artist merged into another id is the same artist, asked for by the new id",
    happens: ({ world }) => changes.giveNewId(world, ARTIST, "musicbrainz"),
    ask: "SELECT provider, provider_id, artist_id FROM artist_identities WHERE confidence > 0 AND provider IN ('musicbrainz', 'setlistfm') ORDER BY 1",
    then: (_, { world }) => ["musicbrainz", "setlistfm"].map((provider) => ({ provider, provider_id: world.id("musicbrainz", ARTIST), artist_id: 1 })),
  },
  {
    what: "an artist with another id at Spotify is followed there",
    happens: ({ world }) => [changes.giveNewId(world, ARTIST, "spotify"), changes.addAlbum(world, 0, { title: "Latest", tracks: [0, 1] })],
    ask: LATEST,
    then: latest,
  },
  {
    what: "an artist with another id at Ticketmaster is followed there",
    happens: ({ world }) => [changes.giveNewId(world, ARTIST, "ticketmaster"), changes.addShow(world, 0, { localDate: "2026-09-09" })],
    ask: AUTUMN,
    then: () => [{ status: "upcoming", ballot: 1 }],
  },
  {
    what: "the song of a deleted recording stays",
    happens: ({ world }) => changes.remove(world, { kind: "recording", artist: 0, item: 0 }),
    ask: "SELECT id, title FROM songs ORDER BY id",
    then: (before) => before,
  },
  {
    what: "a deleted setlist stays",
    happens: ({ world }) => changes.remove(world, { kind: "setlist", artist: 0, item: 0 }),
    ask: "SELECT id, provider_id, version FROM actual_setlists ORDER BY id",
    then: (before) => before,
  },
  { what: "the show of a deleted event is cancelled", happens: ({ world }) => changes.remove(world, SHOW), ask: DATES, then: (before) => changed(before, { status: "cancelled" }) },
];

const CASE = { artists: [{ recordings: 60, works: 25, albums: 5, upcomingShows: 6, pastShows: 30 }] };

test.each(cases)("$what, when the artist is imported again", async ({ happens, ask, then }) => {
  await using stage = await startSyncStage(CASE);
  await importFirst(stage);
  const before = await stage.database.rows(ask);
  stage.clock.advance(DAY_MS);
  happens(stage);
  await stage.ask({ name: stage.world.artistName(0) });
  await stage.work();
  expect(await stage.database.rows(ask)).toEqual(then(before, stage));
  expect(await stage.database.rows("SELECT phase FROM imports WHERE id = 2")).toEqual([{ phase: "done" }]);
});

test.each(cases)("$what, when it is refreshed by itself", async ({ happens, ask, then }) => {
  await using stage = await startSyncStage(CASE);
  await importFirst(stage);
  const before = await stage.database.rows(ask);
  stage.clock.advance(DAY_MS);
  happens(stage);
  for (const what of REFRESHED) await refresh(stage, what);
  expect(await stage.database.rows(ask)).toEqual(then(before, stage));
});
