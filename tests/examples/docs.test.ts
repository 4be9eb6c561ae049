import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { appRouter } from "#server/api/root.ts";
import { buildShow } from "#tests/support/builders.ts";
import { commandsIn, curl, words } from "#tests/support/curl.ts";
import { openStream } from "#tests/support/event-stream.ts";
import { startTestServer } from "#tests/support/test-server.ts";

const docs = readFileSync("docs/api.md", "utf8");

test("the curl commands of docs/api.md do what the text says", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database);
  const { token } = await server.fan();
  const [song] = show.setlistSongIds;
  const variables = { THESET_URL: server.url, THESET_TOKEN: token, SHOW: show.slug, SETLIST_SONG: String(song) };
  const [list, get, cast, retract, live, batch, ...links] = commandsIn(docs) as [string, string, string, string, string, string];
  expect(links).toEqual([expect.stringContaining("/moderation/links.csv"), expect.stringContaining("/moderation/links.csv?dryRun=1")]);
  const run = async (command: string) => {
    const answer = await curl(command, variables);
    expect({ command, status: answer.status, text: answer.text }).toMatchObject({ status: 200 });
    return answer.json<unknown>();
  };
  expect(await run(list)).toMatchObject({ result: { data: { items: [{ slug: show.slug }] } } });
  expect(await run(cast)).toMatchObject({ result: { data: { verdict: "counted", votes: 1 } } });
  expect(await run(get)).toMatchObject({ result: { data: { ballot: [{ setlistSongId: song, mine: true }, ...Array<object>(11).fill({})], allowance: { show: 9 } } } });
  expect(await run(retract)).toMatchObject({ result: { data: { verdict: "retracted", votes: 0 } } });
  expect(await run(batch)).toMatchObject([{ result: { data: { demo: false } } }, { result: { data: { totalVotes: 0 } } }]);
  const address = words(live, variables).at(-1)!;
  await using stream = await openStream(address);
  expect(await stream.next()).toMatchObject({ event: "tally", id: "2" });
});

test("the curl commands of docs/api.md save the links as a file, and send it back to be looked at only", async () => {
  await using server = await startTestServer();
  const { artistId } = await buildShow(server.database);
  const { token, client } = await server.fan("Mo", "moderator");
  await client.matching.link.mutate({ kind: "artist", id: artistId, provider: "spotify", providerId: "0aBcDeFgHiJkLmNoPqRsTu" });
  const [save, send] = commandsIn(docs).filter((command) => command.includes("links.csv")) as [string, string];
  const variables = { THESET_URL: server.url, THESET_TOKEN: token };
  const files = new Map<string, string>();
  expect(await curl(save, variables, files)).toMatchObject({ status: 200 });
  expect(files.get("links.csv")).toContain(`approve,artist,${artistId},spotify,0aBcDeFgHiJkLmNoPqRsTu,`);
  files.set("links.csv", files.get("links.csv")!.replace("approve", "reject"));
  const looked = await curl(send, variables, files);
  expect(looked).toMatchObject({ status: 200 });
  expect(looked.json()).toEqual({ dryRun: true, lines: 1, approved: 0, rejected: 1, merged: 0 });
  await curl(save, variables, files);
  expect(files.get("links.csv"), "it was only looked at").toContain(`approve,artist,${artistId},spotify,`);
});

test("docs/api.md names every procedure there is, as what it is, and no other", () => {
  const kinds = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
  const procedures = Object.entries(kinds).map(([name, { _def }]) => `${_def.type} ${name}`);
  const named = [...docs.matchAll(/^\| (query|mutation) `([\w.]+)`/gm)].map(([, kind, name]) => `${kind!} ${name!}`);
  const followed = [...docs.matchAll(/theset\.([\w.]+)\.subscribe\(/g)].map(([, name]) => `subscription ${name!}`);
  expect([...named, ...followed].sort()).toEqual(procedures.sort());
});
