import { describe, expect, test } from "vitest";
import { insertArtists } from "#db/queries/demo.ts";
import { AppError } from "#server/domain/errors.ts";
import { readIdentities } from "#server/views/sync-facts.ts";
import { artistRecord, startCatalogueStage, type CatalogueStage } from "#tests/support/catalogue-stage.ts";
import { watchRows } from "#tests/support/row-changes.ts";

const artists = (on: CatalogueStage) => on.database.rows("SELECT id, slug, name, country, genre FROM artists ORDER BY id");
const links = (on: CatalogueStage) =>
  on.database.rows("SELECT provider, provider_id AS id, artist_id AS artist, status FROM artist_identities ORDER BY provider, provider_id");

async function reasonOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`Expected a refusal, got ${String(error)}`);
  return error.reason;
}

/** A moderator's word, for which there is no command yet. */
const reject = (on: CatalogueStage, id: string) =>
  on.database.change((tx) => tx.run(`UPDATE artist_identities SET status = 'rejected' WHERE provider_id = '${id}'`));

describe("an artist that comes in", () => {
  test("is new, is found again by its own id, and is not written again while nothing has changed", async () => {
    await using on = await startCatalogueStage();
    const record = artistRecord({ id: "owl", name: "Owl Parade", country: "SE", genres: ["Folk"], sameAs: [{ provider: "spotify", id: "s-owl" }] });
    const id = await on.artist(record);
    const changes = await watchRows(on.database);
    expect(await on.artist(record)).toBe(id);
    expect(await on.artist(record, { artistId: id })).toBe(id);
    expect(await changes()).toEqual({ jobs: 2 });
    expect((await artists(on))[1]).toEqual({ id, slug: "owl-parade", name: "Owl Parade", country: "SE", genre: "Folk" });
    expect((await links(on)).filter(({ artist }) => artist === id)).toMatchObject([
      { provider: "musicbrainz", id: "owl" },
      { provider: "setlistfm", id: "owl" },
      { provider: "spotify", id: "s-owl" },
    ]);
  });

  test("is found by an id that one provider states of the other, whichever came first", async () => {
    await using on = await startCatalogueStage();
    const stated = await on.artist(artistRecord({ id: "owl", name: "Owl", sameAs: [{ provider: "spotify", id: "s-owl" }] }));
    expect(await on.artist(artistRecord({ id: "s-owl", name: "OWL" }), { provider: "spotify" })).toBe(stated);
    const first = await on.artist(artistRecord({ id: "s-elk", name: "Elk" }), { provider: "spotify" });
    expect(await on.artist(artistRecord({ id: "elk", name: "Elk", sameAs: [{ provider: "spotify", id: "s-elk" }] }))).toBe(first);
    expect(await artists(on)).toHaveLength(3);
  });

  test("that links two of ours is refused, and nothing is changed by half", async () => {
    await using on = await startCatalogueStage();
    const one = await on.artist(artistRecord({ id: "s-owl", name: "Owl" }), { provider: "spotify" });
    const two = await on.artist(artistRecord({ id: "t-owl", name: "Owl" }), { provider: "ticketmaster" });
    const changes = await watchRows(on.database);
    const both = artistRecord({ id: "owl", name: "Owls", sameAs: [{ provider: "spotify", id: "s-owl" }, { provider: "ticketmaster", id: "t-owl" }] });
    expect(await reasonOf(on.artist(both))).toBe("identity_conflict");
    expect(await reasonOf(on.artist(artistRecord({ id: "t-owl", name: "Owl!" }), { provider: "ticketmaster", artistId: one }))).toBe("identity_conflict");
    expect(await changes()).toEqual({});
    const tied = { artistId: null, provider: "musicbrainz", record: both } as const;
    await on.run("noteConflict", tied);
    await on.run("noteConflict", tied);
    expect(await on.database.rows("SELECT subject_id AS a, other_id AS b, status FROM matches"), "a moderator is asked about the two, once").toEqual([
      { a: Math.min(one, two), b: Math.max(one, two), status: "review" },
    ]);
  });

  test("keeps a stated id with the one who has it where the provider itself tells the two apart", async () => {
    await using on = await startCatalogueStage();
    const shared = [{ provider: "spotify" as const, id: "s-duo" }];
    const duo = await on.artist(artistRecord({ id: "duo", name: "Duo", sameAs: shared }));
    const half = await on.artist(artistRecord({ id: "half", name: "Half of Duo", sameAs: shared }));
    expect(half).not.toBe(duo);
    expect(await readIdentities(on.database.reader, duo)).toMatchObject({ musicbrainz: "duo", spotify: "s-duo" });
    expect(await readIdentities(on.database.reader, half)).toEqual({ musicbrainz: "half", setlistfm: "half" });
  });

  test("is renamed under the same address, and what MusicBrainz says goes before what others say", async () => {
    await using on = await startCatalogueStage();
    const id = await on.artist(artistRecord({ id: "owl", name: "Owl", sameAs: [{ provider: "spotify", id: "s-owl" }] }));
    await on.artist(artistRecord({ id: "s-owl", name: "OWL (official)", country: "US", genres: ["Pop"] }), { provider: "spotify", artistId: id });
    expect((await artists(on))[1]).toEqual({ id, slug: "owl", name: "Owl", country: "US", genre: "Pop" });
    await on.artist(artistRecord({ id: "owl", name: "The Owls", country: "SE" }));
    expect((await artists(on))[1]).toEqual({ id, slug: "owl", name: "The Owls", country: "SE", genre: "Pop" });
  });

  test("that was merged into another id there answers to both, and goes by the new one", async () => {
    await using on = await startCatalogueStage();
    const id = await on.artist(artistRecord({ id: "a-new", name: "The Larks" }), { artistId: on.artistId, askedId: "lark" });
    expect(id).toBe(on.artistId);
    const merged = artistRecord({ id: "a-new", name: "The Larks" });
    for (const asked of ["lark", "a-new"]) expect(await on.artist(merged, { askedId: asked })).toBe(id);
    expect(await readIdentities(on.database.reader, id)).toEqual({ musicbrainz: "a-new", setlistfm: "a-new" });
    const changes = await watchRows(on.database);
    await on.artist(merged, { askedId: "lark" });
    expect(await changes()).toEqual({ jobs: 1 });
    expect(await artists(on)).toHaveLength(1);
  });

  test("whose two ids were merged there, each an artist here, has to be settled by a person", async () => {
    await using on = await startCatalogueStage();
    await on.artist(artistRecord({ id: "lark-2", name: "Larks" }));
    expect(await reasonOf(on.artist(artistRecord({ id: "lark-2", name: "Larks" }), { artistId: on.artistId, askedId: "lark" }))).toBe("identity_conflict");
  });

  test("never gets back an id that was rejected for it, which can become another artist's", async () => {
    await using on = await startCatalogueStage();
    const record = artistRecord({ id: "lark", name: "The Larks", sameAs: [{ provider: "spotify", id: "s-wrong" }] });
    await on.artist(record);
    await reject(on, "s-wrong");
    await on.artist({ ...record, genres: ["Rock"] });
    expect(await readIdentities(on.database.reader, on.artistId)).not.toHaveProperty("spotify");
    const wrong = artistRecord({ id: "s-wrong", name: "Larks" });
    expect(await reasonOf(on.artist(wrong, { provider: "spotify", artistId: on.artistId }))).toBe("identity_conflict");
    const other = await on.artist(wrong, { provider: "spotify" });
    expect(other).not.toBe(on.artistId);
    expect(await on.artist(wrong, { provider: "spotify" }), "no third artist").toBe(other);
    await on.artist({ ...record, genres: ["Pop"] });
    expect((await links(on)).find(({ id }) => id === "s-wrong")).toMatchObject({ artist: other, status: "approved" });
  });

  test("never touches an artist of the demo, nor one that is gone", async () => {
    await using on = await startCatalogueStage();
    const [demo] = await on.database.change((tx) => insertArtists(tx, [{ name: "Demo", searchName: "demo", slug: "demo", demo: true }]));
    const changes = await watchRows(on.database);
    for (const artistId of [demo!.id, 999]) expect(await reasonOf(on.artist(artistRecord({ id: "x" }), { artistId }))).toBe("not_found");
    expect(await changes()).toEqual({});
  });
});

test("addresses of artists are told apart, stay, and can be read where the provider has a readable name", async () => {
  await using on = await startCatalogueStage();
  const named = [
    artistRecord({ id: "1", name: "Nova" }),
    artistRecord({ id: "2", name: "NOVA" }),
    artistRecord({ id: "3", name: "Nóva" }),
    artistRecord({ id: "4", name: "灯り", sortName: "Akari" }),
    artistRecord({ id: "5", name: "!!!", aliases: ["Chk Chk Chk"] }),
    artistRecord({ id: "6", name: "☂" }),
    artistRecord({ id: "7", name: "♫" }),
  ];
  for (const record of named) await on.artist(record);
  for (const record of named) await on.artist({ ...record, country: "SE" });
  expect((await artists(on)).slice(1).map(({ slug }) => slug)).toEqual(["nova", "nova-2", "nova-3", "akari", "chk-chk-chk", "artist", "artist-2"]);
});
