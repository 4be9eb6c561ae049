import { describe, expect, test } from "vitest";
import { listMatches } from "#server/views/matches.ts";
import { matchPage } from "#server/views/match-page.ts";
import { listMerges } from "#server/views/merges.ts";
import { recordLinks } from "#server/views/record-links.ts";
import { buildShow, titles } from "#tests/support/builders.ts";
import { asks } from "#tests/support/count-queries.ts";
import { buildArtistPair, buildMatch, buildQueue, venueOf } from "#tests/support/matches.ts";
import { createTestDatabase } from "#tests/support/test-database.ts";
import { startTestServer } from "#tests/support/test-server.ts";

const now = Date.parse("2026-06-13T12:00:00Z");

describe("the queue", () => {
  test("comes kind by kind with the most certain first, page by page, with how many there are", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const ids = await buildQueue(server.database);
    const seen: number[] = [];
    for (let cursor: string | undefined; ; ) {
      const { items, nextCursor, counts } = await client.matching.list.query({ limit: 5, cursor });
      expect(counts.review).toEqual({ artist: 3, venue: 2, show: 2, song: 5 });
      seen.push(...items.map(({ id }) => id));
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    expect(seen).toEqual(ids);
    const songs = await client.matching.list.query({ kind: "song", limit: 2 });
    expect(songs.items.map(({ confidence }) => confidence)).toEqual([0.85, 0.8]);
    const more = await client.matching.list.query({ kind: "song", limit: 2, cursor: songs.nextCursor! });
    expect(more.items.map(({ confidence }) => confidence)).toEqual([0.62, 0.61]);
    await expect(client.matching.list.query({ cursor: "made-up" })).rejects.toMatchObject({ data: { reason: "invalid" } });
  });

  test("is walked by skipping, kind by kind where one is asked for, and begins again at its end", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const ids = await buildQueue(server.database);
    for (const [at, id] of ids.entries()) expect((await client.matching.get.query({ id })).next).toBe(ids[at + 1] ?? ids[0]);
    const [first, second] = ids.slice(5);
    expect(await client.matching.next.query({ kind: "show" })).toMatchObject({ id: first, next: second, left: 2 });
    expect(await client.matching.next.query({ kind: "show", after: second! })).toMatchObject({ id: first });
  });

  test("what was joined without asking comes with the least certain first, what was decided with the latest", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const [a, b, c] = [await buildShow(server.database), await buildShow(server.database), await buildShow(server.database)];
    const record = (id: string) => ({ provider: "spotify" as const, id, name: id });
    const joined = [];
    for (const confidence of [0.99, 0.96, 0.97]) joined.push(await buildMatch(server.database, { kind: "artist", a: a.artistId, b: record(String(confidence)), confidence, status: "automatic" }));
    const automatic = await client.matching.list.query({ status: "automatic", limit: 2 });
    const rest = await client.matching.list.query({ status: "automatic", limit: 2, cursor: automatic.nextCursor! });
    expect([...automatic.items, ...rest.items].map(({ id }) => id)).toEqual([joined[1], joined[2], joined[0]]);
    const decided: number[] = [];
    for (const { artistId } of [a, b, c]) {
      const id = await buildMatch(server.database, { kind: "artist", a: artistId, b: record(`of-${artistId}`) });
      server.clock.advance(1_000);
      await client.matching.reject.mutate({ id });
      decided.unshift(id);
    }
    const first = await client.matching.list.query({ status: "rejected", limit: 2 });
    const second = await client.matching.list.query({ status: "rejected", limit: 2, cursor: first.nextCursor! });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(decided);
    expect(first.items[0]).toMatchObject({ status: "rejected", decidedBy: "Mo", subject: { name: expect.any(String) as string }, other: { provider: "spotify" } });
  });

  test("what was merged is listed by the names that both had", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const { id, a } = await buildArtistPair(server.database, { name: "Paper Lanterns" });
    await client.matching.approve.mutate({ id, keep: a.artistId });
    const { items } = await client.matching.list.query({ status: "approved" });
    expect(items).toMatchObject([{ subject: { name: "Paper Lanterns", path: "/artists/paper-lanterns" }, other: { name: "The Paper Lanterns", about: "merged into Paper Lanterns", path: null } }]);
    expect(await client.matching.get.query({ id })).toMatchObject({ mergeId: expect.any(Number) as number, sides: [{ name: "Paper Lanterns" }] });
  });
});

describe("both sides of a match", () => {
  test("of artists tell names, ids, songs, shows and what is said for and against", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const [first, , record] = await buildQueue(server.database);
    const pair = await client.matching.get.query({ id: first! });
    expect(pair.evidence.map(({ stands }) => stands)).toEqual(["for", "against", "for"]);
    expect(pair.sharedTitles).toHaveLength(11);
    expect(pair.sides).toMatchObject([{ songs: 15, shows: 1, upcoming: [{ localDate: "2026-06-14", city: "Berlin" }] }, { songs: 11 }]);
    const { sides } = await client.matching.get.query({ id: record! });
    expect(sides).toMatchObject([
      { kind: "artist", name: "Nora Vale", sortName: "Vale, Nora", aliases: ["N. Vale", "Nora V."], genres: ["Indie rock", "folk"], country: "GB", ids: [{ provider: "musicbrainz", name: "Nora Vale" }, { provider: "spotify", name: null }] },
      { kind: "record", name: "VALE, NORA", about: "Folk, US", provider: "ticketmaster", providerId: "K8vZ917", url: "https://example.org/K8vZ917" },
    ]);
  });

  test("of venues tell the town and how far they are apart, of shows when and where, of songs their recordings", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const ids = await buildQueue(server.database);
    const venue = await client.matching.get.query({ id: ids[4]! });
    expect(venue).toMatchObject({ kind: "venue", distanceKm: 0, sides: [{ city: "Berlin", country: "DE", capacity: 1_500, shows: 2 }, { shows: 1 }] });
    const show = await client.matching.get.query({ id: ids[5]! });
    expect(show.sides).toMatchObject([
      { artist: { name: "Nora Vale" }, venue: { name: "Lantern Hall" }, localDate: "2026-06-14", startsAt: "2026-06-14T18:00:00.000Z", tour: "The Long Way" },
      { startsAt: "2026-06-14T19:00:00.000Z" },
    ]);
    const song = await client.matching.get.query({ id: ids[7]! });
    expect(song.sides).toMatchObject([
      { name: "Paper Moon", artist: { name: "Nora Vale" }, titles: ["Paper Moon", "Paper Moon - Remastered 2019"], durations: { shortest: 198_000, longest: 201_000 }, years: { first: "2004", last: "2019" } },
      { name: "Paper Moon (Take Two)", durations: null, years: null, titles: [] },
    ]);
  });
});

describe("by hand", () => {
  test("an id is linked, rejected and linked again, and another one's is refused with whose it is", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const [one, other] = [await buildShow(server.database), await buildShow(server.database, { artist: "Northbank" })];
    const pair = { kind: "artist", provider: "spotify", providerId: "4Z8W4fKeB5YxbusRsdQVPb" } as const;
    expect(await client.matching.link.mutate({ ...pair, id: other.artistId })).toEqual({ changed: true });
    const taken = client.matching.link.mutate({ ...pair, id: one.artistId });
    await expect(taken).rejects.toMatchObject({ message: expect.stringContaining("Northbank") as string, data: { reason: "identity_elsewhere" } });
    await client.matching.unlink.mutate({ ...pair, id: other.artistId });
    await client.matching.link.mutate({ ...pair, id: one.artistId });
    expect((await client.matching.record.query({ kind: "artist", id: one.artistId })).ids).toMatchObject([{ status: "approved" }]);
    await expect(client.matching.record.query({ kind: "artist", id: 4711 })).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
  });

  test("what a provider knows under one of two ids becomes an artist of its own, which is not offered as the same again", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const { artistId } = await buildShow(server.database);
    for (const providerId of ["one", "two"]) await client.matching.link.mutate({ kind: "artist", id: artistId, provider: "spotify", providerId });
    const { id } = await client.matching.split.mutate({ kind: "artist", id: artistId, provider: "spotify", providerId: "two" });
    expect((await client.matching.record.query({ kind: "artist", id })).ids).toMatchObject([{ providerId: "two" }]);
    expect((await client.matching.record.query({ kind: "artist", id: artistId })).ids).toMatchObject([{ providerId: "one" }]);
    const rejected = await client.matching.list.query({ status: "rejected" });
    expect(rejected.items).toMatchObject([{ subject: { id: artistId }, other: { id } }]);
  });

  test("two are found by name, merged, told of with what comes back, and parted again", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const [a, b] = [await buildShow(server.database, { venue: "Lantern Hall" }), await buildShow(server.database, { venue: "Northbank Arena" })];
    const [into, from] = [await venueOf(server.database, a), await venueOf(server.database, b)];
    expect((await client.matching.search.query({ kind: "venue", query: "northbank" })).items).toEqual([{ id: from, name: "Northbank Arena", about: "Berlin · DE" }]);
    expect((await client.matching.search.query({ kind: "artist", query: "100 % nobody" })).items).toEqual([]);
    const { mergeId } = await client.matching.merge.mutate({ kind: "venue", from, into });
    const told = { id: mergeId, kind: "venue", from: { id: from, name: "Northbank Arena" }, into: { id: into, name: "Lantern Hall" }, by: "Mo", undoneAt: null, brings: ["1 show"] };
    expect(await client.matching.merges.query()).toMatchObject({ items: [told], nextCursor: null });
    expect((await client.matching.record.query({ kind: "venue", id: into })).merged).toMatchObject([told]);
    await client.matching.undoMerge.mutate({ id: mergeId });
    expect((await client.matching.merges.query()).items).toMatchObject([{ id: mergeId, undoneBy: "Mo" }]);
    expect((await client.matching.record.query({ kind: "venue", id: into })).merged).toEqual([]);
  });
});

test("no page asks the database more often where there is more to show", async () => {
  await using database = await createTestDatabase();
  const counts: number[][] = [];
  await buildQueue(database);
  for (const much of [1, 12]) {
    const pairs = [];
    for (let i = 0; i < much; i += 1) pairs.push(await buildArtistPair(database, { catalogue: titles(much, "Rarity") }));
    const { id, a } = pairs[0]!;
    counts.push([
      await asks(database, (reader) => listMatches(reader, { status: "review", limit: 100 })),
      await asks(database, (reader) => matchPage(reader, { id }, now)),
      await asks(database, (reader) => listMerges(reader, { limit: 100 })),
      await asks(database, (reader) => recordLinks(reader, { kind: "artist", id: a.artistId })),
    ]);
  }
  expect(counts[1]).toEqual(counts[0]);
  expect(Math.max(...counts[0]!)).toBeLessThan(20);
});
