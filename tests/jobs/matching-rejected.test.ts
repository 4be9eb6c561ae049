import { expect, test } from "vitest";
import { openWriter } from "#db/client.ts";
import { queued } from "#jobs/definitions.ts";
import { setlistRecord, showRecord, startCatalogueStage, venueRecord } from "#tests/support/catalogue-stage.ts";
import { TANGLES } from "#tests/support/sandbox/tangled.ts";
import { startSyncStage, type SyncStage } from "#tests/support/sync-stage.ts";
import type { TestDatabase } from "#tests/support/test-database.ts";

const DAY_MS = 86_400_000;
const ARTIST = { kind: "artist", artist: 0, item: 0 } as const;

/** What a moderator has said. */
async function decide({ url }: TestDatabase, ...statements: string[]): Promise<void> {
  const writer = await openWriter(url);
  for (const sql of statements) await writer.client.execute(sql);
  writer.close();
}

async function importPage(stage: SyncStage, provider: "musicbrainz" | "ticketmaster"): Promise<void> {
  stage.clock.advance(DAY_MS);
  await stage.ask({ provider, id: stage.world.id(provider, ARTIST) });
  await stage.work();
}

async function refresh(stage: SyncStage): Promise<void> {
  await stage.write("enqueueJobs", [{ ...queued("refresh-artist", "1 catalogue", { artistId: 1, what: "catalogue" }), runAt: stage.clock.now() }]);
  await stage.work();
}

const owners = ({ database }: SyncStage) => database.rows("SELECT artist_id AS artist FROM artist_identities WHERE provider = 'ticketmaster' AND status <> 'rejected'");
const asked = ({ database }: SyncStage) => database.rows("SELECT kind, confidence FROM matches WHERE kind = 'artist' AND status = 'review'");

test("a page that was taken for an artist's and rejected never comes back by itself, and is an artist of its own when it is asked for", { timeout: 30_000 }, async () => {
  await using stage = await startSyncStage({ artists: TANGLES["without accents"](1) });
  await importPage(stage, "musicbrainz");
  expect(await owners(stage)).toEqual([{ artist: 1 }]);
  await decide(stage.database, "UPDATE artist_identities SET status = 'rejected' WHERE provider = 'ticketmaster'", "UPDATE matches SET status = 'rejected' WHERE provider = 'ticketmaster' AND kind = 'artist'");
  for (const again of [() => importPage(stage, "musicbrainz"), () => refresh(stage)]) {
    await again();
    expect([await owners(stage), await asked(stage)]).toEqual([[], []]);
  }
  await importPage(stage, "ticketmaster");
  for (const again of [() => importPage(stage, "musicbrainz"), () => refresh(stage), () => importPage(stage, "ticketmaster")]) {
    await again();
    expect([await owners(stage), await asked(stage)]).toEqual([[{ artist: 2 }], []]);
  }
});

test("a page that was in review and rejected is not put there again, also when it is asked for", { timeout: 30_000 }, async () => {
  await using stage = await startSyncStage({ artists: TANGLES["with a guest"](1) });
  await importPage(stage, "musicbrainz");
  expect(await asked(stage)).toHaveLength(1);
  await decide(stage.database, "UPDATE matches SET status = 'rejected' WHERE status = 'review' AND kind = 'artist'");
  for (const again of [() => importPage(stage, "musicbrainz"), () => refresh(stage), () => importPage(stage, "ticketmaster"), () => importPage(stage, "musicbrainz")]) {
    await again();
    expect(await asked(stage)).toEqual([]);
  }
  expect(await stage.database.rows("SELECT count(*) AS n FROM artists")).toEqual([{ n: 2 }]);
});

test("a venue that was taken for another one and rejected stays another one", async () => {
  await using stage = await startCatalogueStage();
  const setlist = (name: string, day: string) => setlistRecord({ id: day, localDate: day, venue: venueRecord({ id: "s1", name }) });
  await stage.shows([showRecord({ id: "E1", venue: venueRecord({ id: "V1", name: "Lantern Hall" }) })]);
  await stage.setlists([setlist("Lantern Hall", "2026-06-01")]);
  expect(await stage.database.rows("SELECT count(*) AS n FROM venues")).toEqual([{ n: 1 }]);
  await decide(stage.database, "UPDATE venue_identities SET status = 'rejected' WHERE provider = 'setlistfm'", "UPDATE matches SET status = 'rejected' WHERE kind = 'venue'");
  for (const [name, day] of [["The Lantern Hall", "2026-06-02"], ["Lantern Hall", "2026-06-03"], ["Lantern-Hall", "2026-06-04"]] as const) {
    await stage.setlists([setlist(name, day)]);
    expect(await stage.database.rows("SELECT count(*) AS n FROM venues")).toEqual([{ n: 2 }]);
    expect(await stage.database.rows("SELECT id FROM matches WHERE kind = 'venue' AND status = 'review'")).toEqual([]);
  }
});
