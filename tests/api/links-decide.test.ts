import { describe, expect, test } from "vitest";
import type { Pair } from "#db/queries/identity-links.ts";
import { approveIdentity } from "#server/commands/links/approve-identity.ts";
import { rejectIdentity } from "#server/commands/links/reject-identity.ts";
import { AppError } from "#server/domain/errors.ts";
import { artistRecord, showRecord, songRecord, startCatalogueStage, venueRecord, type CatalogueStage } from "#tests/support/catalogue-stage.ts";
import { watchRows } from "#tests/support/row-changes.ts";

const NOW = Date.parse("2026-06-13T12:00:00Z");

const approve = (on: CatalogueStage, pair: Pair, by: number | null = null) => on.database.change((tx) => approveIdentity(tx, { ...pair, by }, NOW));
const reject = (on: CatalogueStage, pair: Pair, by: number | null = null) => on.database.change((tx) => rejectIdentity(tx, { ...pair, by }, NOW));

async function refusalOf(call: Promise<unknown>): Promise<AppError> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`Expected a refusal, got ${String(error)}`);
  return error;
}

const links = (on: CatalogueStage, providerId: string, kind = "artist") =>
  on.database.rows(`SELECT ${kind}_id AS id, status, confidence, evidence, digest IS NULL AS unread FROM ${kind}_identities WHERE provider_id = '${providerId}'`);
const matches = (on: CatalogueStage) =>
  on.database.rows("SELECT kind, subject_id AS id, other_id AS other, provider_id AS record, status, decided_at AS at, decided_by AS by FROM matches ORDER BY matches.id");
const audited = (on: CatalogueStage) => on.database.rows("SELECT action, subject, subject_id AS id, actor_id AS by, details FROM audit_log ORDER BY id");
const due = (on: CatalogueStage) => on.database.rows("SELECT kind, id, due_at AS at FROM due_times");
/** A pair that waits for a moderator. */
const waits = (on: CatalogueStage, { kind, id, provider, providerId }: Pair) =>
  on.database.change((tx) =>
    tx.run(`INSERT INTO matches (kind, subject_id, provider, provider_id, confidence, evidence, status, found_at)
      VALUES ('${kind}', ${id}, '${provider}', '${providerId}', 0.8, '{"list":[]}', 'review', 5)`),
  );

const spotify = (id: number, providerId = "s-lark"): Pair => ({ kind: "artist", id, provider: "spotify", providerId });

describe("an id of an artist", () => {
  test("is linked by a moderator's word, the artist is looked at soon, and saying it again writes nothing", async () => {
    await using on = await startCatalogueStage();
    await waits(on, spotify(on.artistId));
    expect(await approve(on, spotify(on.artistId))).toBe(true);
    expect(await links(on, "s-lark")).toEqual([{ id: on.artistId, status: "approved", confidence: 1, evidence: '{"approvedBy":null}', unread: 1 }]);
    expect(await matches(on)).toMatchObject([{ status: "approved", at: NOW, by: null }]);
    expect(await due(on)).toEqual([{ kind: "artist", id: on.artistId, at: NOW }]);
    expect(await audited(on)).toEqual([
      { action: "identity.approve", subject: "artist", id: on.artistId, by: null, details: '{"provider":"spotify","providerId":"s-lark"}' },
    ]);
    const changes = await watchRows(on.database);
    expect(await approve(on, spotify(on.artistId))).toBe(false);
    expect(await changes()).toEqual({});
  });

  test("that was found automatically, or given up by its provider, is believed again", async () => {
    await using on = await startCatalogueStage();
    await on.artist(artistRecord({ id: "lark", sameAs: [{ provider: "spotify", id: "s-lark" }] }), { artistId: on.artistId });
    await on.run("doubtArtistId", { provider: "spotify", id: "s-lark" });
    await approve(on, spotify(on.artistId));
    expect(await links(on, "s-lark")).toMatchObject([{ status: "approved", confidence: 1, evidence: '{"statedBy":"musicbrainz"}' }]);
    expect(await due(on), "it was known by it before").toEqual([]);
  });

  test("of another artist is not taken away: the answer names whose it is, and nothing is written", async () => {
    await using on = await startCatalogueStage();
    const owl = await on.artist(artistRecord({ id: "s-owl", name: "Owl Parade" }), { provider: "spotify" });
    const changes = await watchRows(on.database);
    const refusal = await refusalOf(approve(on, spotify(on.artistId, "s-owl")));
    expect(refusal).toMatchObject({ kind: "conflict", reason: "identity_elsewhere" });
    expect(refusal.message).toBe(`Spotify s-owl is linked to the artist Owl Parade (${owl}). Merge the two, or reject it there first.`);
    expect(await changes()).toEqual({});
  });

  test("that was said not to be another artist's can be linked, and is still not that one's", async () => {
    await using on = await startCatalogueStage();
    const owl = await on.artist(artistRecord({ id: "owl", name: "Owl" }));
    await reject(on, spotify(owl, "s-x"));
    await approve(on, spotify(on.artistId, "s-x"));
    expect(await links(on, "s-x")).toMatchObject([{ id: on.artistId, status: "approved" }]);
    expect(await matches(on)).toMatchObject([{ id: owl, record: "s-x", status: "rejected" }]);
  });

  test("that is rejected does not come back by what providers state, and can be approved after all", async () => {
    await using on = await startCatalogueStage();
    const record = artistRecord({ id: "lark", sameAs: [{ provider: "spotify", id: "s-lark" }] });
    await on.artist(record);
    expect(await reject(on, spotify(on.artistId))).toBe(true);
    expect(await reject(on, spotify(on.artistId)), "it is known").toBe(false);
    await on.artist({ ...record, genres: ["Rock"] });
    expect(await links(on, "s-lark")).toMatchObject([{ id: on.artistId, status: "rejected" }]);
    expect((await refusalOf(on.artist(artistRecord({ id: "s-lark" }), { provider: "spotify", artistId: on.artistId }))).reason).toBe("identity_conflict");
    await approve(on, spotify(on.artistId));
    expect(await links(on, "s-lark")).toMatchObject([{ id: on.artistId, status: "approved" }]);
  });

  test("of another artist is kept by that one when it is rejected here, which is remembered", async () => {
    await using on = await startCatalogueStage();
    const owl = await on.artist(artistRecord({ id: "s-owl", name: "Owl" }), { provider: "spotify" });
    await reject(on, spotify(on.artistId, "s-owl"));
    expect(await links(on, "s-owl")).toMatchObject([{ id: owl, status: "automatic" }]);
    expect(await matches(on)).toMatchObject([{ kind: "artist", id: on.artistId, record: "s-owl", status: "rejected", at: NOW }]);
  });

  test("that was rejected for two artists comes to neither by what its provider states", async () => {
    await using on = await startCatalogueStage();
    const owl = await on.artist(artistRecord({ id: "owl", name: "Owl" }));
    await reject(on, spotify(on.artistId, "s-x"));
    await reject(on, spotify(owl, "s-x"));
    const sameAs = [{ provider: "musicbrainz" as const, id: "owl" }];
    const third = await on.artist(artistRecord({ id: "s-x", name: "Owls", sameAs }), { provider: "spotify" });
    expect([on.artistId, owl]).not.toContain(third);
  });

  test("is not linked to an artist that is gone, nor to one of the demo", async () => {
    await using on = await startCatalogueStage();
    await on.database.change((tx) => tx.run("INSERT INTO artists (id, slug, name, search_name, demo) VALUES (77, 'demo', 'Demo', 'demo', 1)"));
    for (const id of [77, 999]) {
      expect((await refusalOf(approve(on, spotify(id)))).reason).toBe("not_found");
      expect((await refusalOf(reject(on, spotify(id)))).reason).toBe("not_found");
    }
  });
});

test("an id of a venue is approved, rejected, and kept where it is another's", async () => {
  await using on = await startCatalogueStage();
  await on.shows([showRecord({ id: "E1", venue: venueRecord({ id: "V1", name: "Hall" }) }), showRecord({ id: "E2", localDate: "2026-07-02", venue: venueRecord({ id: "V2", name: "Barn" }) })]);
  const [hall, barn] = (await on.database.rows("SELECT id FROM venues ORDER BY id")).map(({ id }) => Number(id));
  const pair = (id: number, providerId: string): Pair => ({ kind: "venue", id, provider: "ticketmaster", providerId });
  expect((await refusalOf(approve(on, pair(hall!, "V2")))).message).toContain(`the venue Barn (${barn})`);
  await approve(on, pair(hall!, "V3"));
  await reject(on, pair(hall!, "V1"));
  expect(await links(on, "V3", "venue")).toMatchObject([{ id: hall, status: "approved" }]);
  expect(await links(on, "V1", "venue")).toMatchObject([{ id: hall, status: "rejected" }]);
});

describe("an event of a show", () => {
  const event = (id: number, providerId = "E1"): Pair => ({ kind: "show", id, provider: "ticketmaster", providerId });

  test("is unlinked when it is rejected, does not come back with the next look, and can be linked again", async () => {
    await using on = await startCatalogueStage();
    await on.shows([showRecord({ id: "E1" })]);
    const [show] = await on.database.rows("SELECT id FROM shows");
    const id = Number(show!.id);
    await reject(on, event(id));
    expect(await links(on, "E1", "show")).toMatchObject([{ id: null, status: "rejected", unread: 1 }]);
    expect(await matches(on)).toMatchObject([{ kind: "show", id, record: "E1", status: "rejected" }]);
    expect(await on.shows([showRecord({ id: "E1", tour: "Another" })])).toBe(0);
    expect(await links(on, "E1", "show")).toMatchObject([{ id: null, status: "rejected" }]);
    await approve(on, event(id));
    expect(await links(on, "E1", "show")).toMatchObject([{ id, status: "approved" }]);
    expect(await matches(on)).toMatchObject([{ status: "approved" }]);
    await on.shows([showRecord({ id: "E1", tour: "Another" })]);
    expect(await on.database.rows("SELECT id, tour FROM shows")).toEqual([{ id, tour: "Another" }]);
  });

  test("is not taken from another show of the artist, and is another one for each artist on its bill", async () => {
    await using on = await startCatalogueStage();
    await on.shows([showRecord({ id: "E1" }), showRecord({ id: "E2", localDate: "2026-07-09" })]);
    const [one, two] = (await on.database.rows("SELECT id, slug FROM shows ORDER BY id")).map(({ id, slug }) => ({ id: Number(id), slug: String(slug) }));
    const refusal = await refusalOf(approve(on, event(two!.id)));
    expect(refusal.reason).toBe("identity_elsewhere");
    expect(refusal.message).toContain(one!.slug);
    const owl = await on.artist(artistRecord({ id: "owl", name: "Owl" }));
    await on.database.change((tx) => tx.run(`INSERT INTO shows (id, slug, artist_id, venue_id, local_date) SELECT 90, 'owl-there', ${owl}, venue_id, local_date FROM shows WHERE id = ${one!.id}`));
    expect(await approve(on, event(90))).toBe(true);
    expect((await links(on, "E1", "show")).map(({ id }) => id).sort()).toEqual([90, one!.id].sort());
  });
});

describe("a recording", () => {
  const recording = (id: number, providerId: string): Pair => ({ kind: "song", id, provider: "musicbrainz", providerId });
  const songs = async (on: CatalogueStage) => (await on.database.rows("SELECT id, title FROM songs ORDER BY id")).map(({ id, title }) => ({ id: Number(id), title: String(title) }));

  test("that is another song's makes the two songs one", async () => {
    await using on = await startCatalogueStage();
    await on.songs([songRecord({ id: "r1", title: "Dawn" }), songRecord({ id: "r2", title: "Daybreak" })]);
    const [dawn] = await songs(on);
    expect(await approve(on, recording(dawn!.id, "r2"))).toBe(true);
    expect(await songs(on)).toEqual([dawn]);
    expect(await on.database.rows("SELECT kind, into_id AS id FROM merges")).toEqual([{ kind: "song", id: dawn!.id }]);
    expect(await approve(on, recording(dawn!.id, "r2")), "it is so already").toBe(false);
  });

  test("that is another song's keeps the two apart when it is rejected, while the song's own stays", async () => {
    await using on = await startCatalogueStage();
    await on.songs([songRecord({ id: "r1", title: "Dawn" }), songRecord({ id: "r2", title: "Daybreak" })]);
    const [dawn, daybreak] = await songs(on);
    await reject(on, recording(daybreak!.id, "r1"));
    expect(await matches(on)).toMatchObject([
      { kind: "song", id: daybreak!.id, record: "r1", status: "rejected" },
      { kind: "song", id: dawn!.id, other: daybreak!.id, status: "rejected" },
    ]);
    const own = "MusicBrainz r1 is a recording of this song; only a merge that brought it here can be undone.";
    expect(await refusalOf(reject(on, recording(dawn!.id, "r1")))).toMatchObject({ reason: "own_recording", message: own });
    const unknown = "The song's artist has no recording r9 of MusicBrainz. Its id is on the page of the recording.";
    expect(await refusalOf(approve(on, recording(dawn!.id, "r9")))).toMatchObject({ reason: "unknown_recording", message: unknown });
    expect(await songs(on)).toHaveLength(2);
  });
});
