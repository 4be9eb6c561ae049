import { describe, expect, test } from "vitest";
import { buildArtistPair, buildMatch, buildQueue, venueOf } from "#tests/support/matches.ts";
import { buildShow } from "#tests/support/builders.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

async function statusOf({ database }: TestServer, id: number): Promise<unknown> {
  const [row] = await database.rows("SELECT status FROM matches WHERE id = ?", id);
  return row?.["status"];
}

const count = async ({ database }: TestServer, table: string) => Number((await database.rows(`SELECT count(*) AS n FROM ${table}`))[0]!["n"]);

const vale = { provider: "ticketmaster", id: "K8vZ917", name: "VALE, NORA" } as const;

describe("approving a match", () => {
  test("of two artists makes them one: the one with more votes stays, with the shows of both", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const { id, a, b } = await buildArtistPair(server.database);
    await (await server.fan()).client.votes.cast.mutate({ setlistSongId: b.setlistSongIds[0]! });
    expect(await client.matching.approve.mutate({ id })).toEqual({ outcome: "merged", mergeId: expect.any(Number) as number, into: b.artistId });
    expect(await statusOf(server, id)).toBe("approved");
    const page = await server.client.artists.get.query({ artist: b.artistSlug });
    expect(page.upcoming.map((show) => show.slug).sort()).toEqual([a.slug, b.slug].sort());
    const log = await server.database.rows("SELECT action, subject_id AS id FROM audit_log WHERE subject = 'match'");
    expect(log).toEqual([{ action: "match.approve", id }]);
  });

  test("keeps the one that was asked for, and none that is not of the match", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const { id, a, b } = await buildArtistPair(server.database);
    await expect(client.matching.approve.mutate({ id, keep: 4711 })).rejects.toMatchObject({ data: { reason: "invalid", fields: { keep: "Give the id of one of the two." } } });
    expect(await statusOf(server, id)).toBe("review");
    expect(await client.matching.approve.mutate({ id, keep: b.artistId })).toMatchObject({ into: b.artistId });
    await expect(server.client.artists.get.query({ artist: a.artistId })).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
  });

  test("of a provider's record links it, and says of the others that it could have been that they are not it", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const [one, other] = [await buildShow(server.database), await buildShow(server.database)];
    const id = await buildMatch(server.database, { kind: "artist", a: one.artistId, b: vale });
    const rival = await buildMatch(server.database, { kind: "artist", a: other.artistId, b: vale });
    expect(await client.matching.approve.mutate({ id })).toEqual({ outcome: "linked", into: one.artistId });
    expect([await statusOf(server, id), await statusOf(server, rival)]).toEqual(["approved", "rejected"]);
    const { ids } = await client.matching.record.query({ kind: "artist", id: one.artistId });
    expect(ids).toMatchObject([{ provider: "ticketmaster", providerId: "K8vZ917", status: "approved", why: [{ text: "Linked by hand" }] }]);
    expect(await client.matching.reopen.mutate({ id })).toEqual({ status: "review" });
    expect([await statusOf(server, id), await statusOf(server, rival)]).toEqual(["review", "review"]);
    expect((await client.matching.record.query({ kind: "artist", id: one.artistId })).ids).toEqual([]);
  });
});

describe("rejecting a match", () => {
  test("keeps two of ours apart and can be taken back", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const { id } = await buildArtistPair(server.database);
    expect(await client.matching.reject.mutate({ id })).toEqual({ outcome: "rejected" });
    expect([await statusOf(server, id), await count(server, "artists"), await count(server, "merges")]).toEqual(["rejected", 2, 0]);
    expect(await client.matching.reopen.mutate({ id })).toEqual({ status: "review" });
    expect(await client.matching.next.query()).toMatchObject({ id, decidedBy: null, left: 1 });
  });

  test("of a provider's record keeps it from being linked", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const { artistId } = await buildShow(server.database);
    const id = await buildMatch(server.database, { kind: "artist", a: artistId, b: vale });
    await client.matching.reject.mutate({ id });
    const { ids } = await client.matching.record.query({ kind: "artist", id: artistId });
    expect(ids).toMatchObject([{ providerId: "K8vZ917", status: "rejected", why: [{ text: "Rejected by hand" }] }]);
    await client.matching.reopen.mutate({ id });
    expect((await client.matching.record.query({ kind: "artist", id: artistId })).ids).toEqual([]);
  });
});

describe("a decision taken back", () => {
  test("of every kind of match leaves what was there before, and can be made again", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const ids = await buildQueue(server.database);
    const tables = ["artists", "venues", "shows", "songs", "song_variants", "artist_identities", "venue_identities", "show_identities", "setlist_songs"];
    const sizes = async () => Promise.all(tables.map((table) => count(server, table)));
    const before = await sizes();
    for (const verdict of ["approve", "reject", "approve"] as const) {
      for (const id of ids) await client.matching[verdict].mutate({ id });
      expect((await client.matching.list.query()).items).toEqual([]);
      if (verdict === "approve") expect(await sizes()).not.toEqual(before);
      for (const id of ids.toReversed()) expect({ id, ...(await client.matching.reopen.mutate({ id })) }).toEqual({ id, status: "review" });
      expect(await sizes()).toEqual(before);
    }
  });

  test("of what was joined without asking keeps the two apart from then on", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const { id, a, b } = await buildArtistPair(server.database);
    await server.write("mergeRecords", { by: null, kind: "artist", from: b.artistId, into: a.artistId });
    expect(await statusOf(server, id)).toBe("automatic");
    await expect(client.matching.approve.mutate({ id })).rejects.toMatchObject({ data: { reason: "already_decided" } });
    expect(await client.matching.reopen.mutate({ id })).toEqual({ status: "rejected" });
    expect([await statusOf(server, id), await count(server, "artists")]).toEqual(["rejected", 2]);
    const linked = await buildMatch(server.database, { kind: "artist", a: a.artistId, b: vale, status: "automatic", confidence: 0.97 });
    expect(await client.matching.reopen.mutate({ id: linked })).toEqual({ status: "rejected" });
    expect((await client.matching.record.query({ kind: "artist", id: a.artistId })).ids).toMatchObject([{ status: "rejected" }]);
  });

  test("waits for those that came after it", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const { id, a, b } = await buildArtistPair(server.database);
    const third = await buildShow(server.database);
    await client.matching.approve.mutate({ id, keep: a.artistId });
    const { mergeId } = await client.matching.merge.mutate({ kind: "artist", from: a.artistId, into: third.artistId });
    await expect(client.matching.reopen.mutate({ id })).rejects.toMatchObject({ data: { reason: "merged_since" } });
    expect(await statusOf(server, id)).toBe("approved");
    await client.matching.undoMerge.mutate({ id: mergeId });
    await client.matching.reopen.mutate({ id });
    expect((await client.matching.next.query())?.sides).toMatchObject([{ id: a.artistId }, { id: b.artistId }]);
  });
});

describe("what cannot be decided", () => {
  test("a match that somebody else has decided meanwhile says who and what", async () => {
    await using server = await startTestServer();
    const [mo, ada] = [await server.fan("Mo", "moderator"), await server.fan("Ada", "admin")];
    const { id } = await buildArtistPair(server.database);
    await mo.client.matching.reject.mutate({ id });
    const answer = ada.client.matching.approve.mutate({ id });
    await expect(answer).rejects.toMatchObject({ message: "Mo has rejected this match already.", data: { code: "CONFLICT", reason: "already_decided" } });
    expect(await count(server, "artists")).toBe(2);
    await mo.client.matching.reopen.mutate({ id });
    await expect(ada.client.matching.reopen.mutate({ id })).rejects.toMatchObject({ data: { reason: "not_decided" } });
  });

  test("of two who decide at once one is first", async () => {
    await using server = await startTestServer();
    const [mo, ada] = [await server.fan("Mo", "moderator"), await server.fan("Ada", "moderator")];
    const { id } = await buildArtistPair(server.database);
    const answers = await Promise.allSettled([mo.client.matching.approve.mutate({ id }), ada.client.matching.reject.mutate({ id })]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(["fulfilled", "rejected"]);
    const approved = answers[0].status === "fulfilled";
    expect([await statusOf(server, id), await count(server, "artists")]).toEqual(approved ? ["approved", 1] : ["rejected", 2]);
  });

  test("a match whose side is gone is not offered, and is taken off the list by whoever had it before them", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    const show = await buildShow(server.database);
    const id = await buildMatch(server.database, { kind: "venue", a: await venueOf(server.database, show), b: 4711 });
    expect(await client.matching.list.query()).toMatchObject({ items: [], counts: { review: { venue: 0 } } });
    expect(await client.matching.next.query()).toBeNull();
    expect(await client.matching.approve.mutate({ id })).toEqual({ outcome: "gone" });
    await expect(client.matching.approve.mutate({ id })).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
  });

  test.for(["anonymous", "user"] as const)("anything by %s", async (who) => {
    await using server = await startTestServer();
    const { id, a, b } = await buildArtistPair(server.database);
    const { client } = who === "user" ? await server.fan() : server;
    const code = who === "user" ? "FORBIDDEN" : "UNAUTHORIZED";
    const pair = { kind: "artist", id: a.artistId, provider: "spotify", providerId: "s" } as const;
    const calls = [
      client.matching.list.query(),
      client.matching.get.query({ id }),
      client.matching.next.query(),
      client.matching.approve.mutate({ id }),
      client.matching.reject.mutate({ id }),
      client.matching.reopen.mutate({ id }),
      client.matching.record.query({ kind: "artist", id: a.artistId }),
      client.matching.search.query({ kind: "artist", query: "paper" }),
      client.matching.link.mutate(pair),
      client.matching.unlink.mutate(pair),
      client.matching.merge.mutate({ kind: "artist", from: a.artistId, into: b.artistId }),
      client.matching.merges.query(),
      client.matching.undoMerge.mutate({ id: 1 }),
    ];
    const answers = await Promise.allSettled(calls);
    expect(answers).toMatchObject(calls.map(() => ({ status: "rejected", reason: { data: { code } } })));
    expect([await statusOf(server, id), await count(server, "artist_identities")]).toEqual(["review", 0]);
  });
});
