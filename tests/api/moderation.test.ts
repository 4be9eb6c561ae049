import { describe, expect, test } from "vitest";
import { buildCase } from "#tests/support/cases.ts";
import { wrongHeldCounters } from "#tests/support/held-tally.ts";
import { startTestServer } from "#tests/support/test-server.ts";

describe("moderation", () => {
  test("lists cases by state, latest first, page by page", async () => {
    await using server = await startTestServer();
    const moderator = await server.fan("Mo", "moderator");
    const ids: number[] = [];
    for (let i = 0; i < 3; i += 1) ids.push((await buildCase(server, { fans: 1 })).id);
    const first = await moderator.client.moderation.cases.query({ limit: 2 });
    expect(first.items.map((one) => one.id)).toEqual([ids[2], ids[1]]);
    expect(first.items[0]).toMatchObject({ status: "open", held: true, fans: 1, votes: 3, score: 0.93 });
    expect(first.items[0]!.kinds).toEqual(["network", "timing", "ballots"]);
    const second = await moderator.client.moderation.cases.query({ limit: 2, cursor: first.nextCursor! });
    expect(second).toMatchObject({ items: [{ id: ids[0] }], nextCursor: null });
    await moderator.client.moderation.release.mutate({ id: ids[1]!, note: "Fine" });
    const released = await moderator.client.moderation.cases.query({ status: "released" });
    expect(released.items).toMatchObject([{ id: ids[1], status: "released", held: false }]);
    expect((await moderator.client.moderation.cases.query()).items.map((one) => one.id)).toEqual([ids[2], ids[0]]);
    await expect(moderator.client.moderation.cases.query({ cursor: "made-up" })).rejects.toMatchObject({ data: { code: "BAD_REQUEST" } });
  });

  test("tells of a case who, what, and what the other decision would change", async () => {
    await using server = await startTestServer();
    const admin = await server.fan("Ada", "admin");
    const { id, show, suspects } = await buildCase(server);
    const page = await admin.client.moderation.case.query({ id });
    expect(page.members).toHaveLength(9);
    expect(page.members[1]).toEqual({ id: suspects[1]!.id, displayName: "Suspect 1", ageAtVote: 0, songs: ["Song 10", "Song 11", "Song 12"] });
    const then = (rank: number) => ({ title: `Song ${9 + rank}`, votes: 0, rank: 9 + rank, thenVotes: 9, thenRank: rank });
    expect(page.tally).toEqual([then(1), then(2), then(3)]);
    expect(page.titles[show.setlistSongIds[9]!]).toBe("Song 10");
    await admin.client.moderation.release.mutate({ id, note: "A choir" });
    const after = await admin.client.moderation.case.query({ id });
    expect(after).toMatchObject({ status: "released", held: false, decidedBy: "Ada", note: "A choir", decidedAt: "2026-06-13T12:00:00.000Z" });
    expect(after.tally[0]).toEqual({ title: "Song 10", votes: 9, rank: 1, thenVotes: 0, thenRank: 10 });
    expect(await wrongHeldCounters(server.database)).toEqual([]);
  });

  test("a held vote is answered honestly, by every way in, and the fan's page says so", async () => {
    await using server = await startTestServer();
    const { show, suspects } = await buildCase(server);
    const { client } = suspects[0]!;
    const [first, second] = show.setlistSongIds;
    expect(await client.votes.cast.mutate({ setlistSongId: first! })).toMatchObject({ verdict: "counted", held: true, votes: 2 });
    expect(await client.votes.retract.mutate({ setlistSongId: first! })).toMatchObject({ verdict: "retracted", held: true, votes: 2 });
    const many = await client.votes.castMany.mutate({ setlistSongIds: [second!] });
    expect(many.results).toMatchObject([{ verdict: "counted", held: true, votes: 2 }]);
    expect(await client.shows.get.query({ show: show.slug })).toMatchObject({ held: true, totalVotes: 6, allowance: { show: 6 } });
    expect(await server.client.shows.get.query({ show: show.slug })).toMatchObject({ held: false, totalVotes: 6 });
    const other = await (await server.fan()).client.votes.cast.mutate({ setlistSongId: first! });
    expect(other).not.toHaveProperty("held");
    expect(other).toMatchObject({ votes: 3 });
  });

  test("a vote over HTTP brings its network, as a hash", async () => {
    await using server = await startTestServer();
    const { show } = await buildCase(server, { fans: 2 });
    const rows = await server.database.rows("SELECT DISTINCT network FROM show_allowances WHERE show_id = ?", show.showId);
    expect(rows).toEqual([{ network: expect.stringMatching(/^[\w-]{16}$/) as unknown }]);
  });

  test.for(["anonymous", "user"] as const)("is closed to %s", async (who) => {
    await using server = await startTestServer();
    const { id } = await buildCase(server, { fans: 1 });
    const { client } = who === "user" ? await server.fan() : server;
    const code = who === "user" ? "FORBIDDEN" : "UNAUTHORIZED";
    const calls = [
      client.moderation.cases.query(),
      client.moderation.case.query({ id }),
      client.moderation.hold.mutate({ id, note: "" }),
      client.moderation.release.mutate({ id, note: "" }),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ data: { code } });
    expect(await server.database.rows("SELECT decision FROM quarantine_cases")).toEqual([{ decision: null }]);
  });

  test("a case that is not there is not found", async () => {
    await using server = await startTestServer();
    const { client } = await server.fan("Mo", "moderator");
    await expect(client.moderation.case.query({ id: 4711 })).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
    await expect(client.moderation.hold.mutate({ id: 4711 })).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
  });
});
