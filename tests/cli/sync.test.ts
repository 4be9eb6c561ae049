import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "#tests/support/sandbox/sandbox.ts";
import { addShow } from "#tests/support/sandbox/changes.ts";
import { asking, onlyMusicBrainz, startProviders } from "./providers.ts";
import { workplace, type Workplace } from "./program.ts";
import { rowsOf } from "./rows.ts";

let sandbox: Sandbox;
let here: Workplace;
let env: Record<string, string>;
beforeAll(async () => {
  sandbox = await startProviders([
    { name: "Copper Weather", recordings: 6, works: 5, albums: 1, upcomingShows: 1, pastShows: 2 },
    { name: "Slow Ferry", recordings: 6, works: 5, albums: 1, upcomingShows: 1, pastShows: 2 },
  ]);
  env = asking(sandbox);
  here = workplace();
  for (const name of ["Copper Weather", "Slow Ferry"]) expect((await here.run(["import", name], { env })).code).toBe(0);
});
afterAll(async () => {
  here[Symbol.dispose]();
  await sandbox[Symbol.asyncDispose]();
});

interface Synced {
  queued: number;
  done: number;
  added: Record<string, number>;
  requests: Record<string, number>;
}

test("what was just read is not due, and nobody is asked", async () => {
  sandbox.traffic.clear();
  expect(await here.run(["sync", "artists"], { env })).toEqual({ code: 0, stdout: "Nothing is due. With --force all is looked at again.\n", stderr: "" });
  expect(sandbox.traffic.entries()).toEqual([]);
});

test("with --force all are looked at: what is new comes in and is counted, with the requests it took", async () => {
  addShow(sandbox.world, 1, { localDate: inDays(40) });
  const { code, stdout } = await here.run(["sync", "shows", "--force"], { env });
  expect(stdout).toMatch(/^2 of 2 done\.\nNew here: 0 artists, 0 songs, 1 shows, 0 setlists\.\nIt took \d+ requests to Ticketmaster\.\n$/);
  expect(code).toBe(0);
  const again = JSON.parse((await here.run(["sync", "shows", "--force", "--json"], { env })).stdout) as Synced;
  expect(again).toMatchObject({ what: ["shows"], queued: 2, done: 2, failed: 0, cancelled: 0, left: 0, added: { artists: 0, songs: 0, shows: 0, setlists: 0 } });
  expect(again.requests["ticketmaster"]).toBeGreaterThan(0);
});

test("one artist is looked at by its slug, due or not; an unknown one is said", async () => {
  sandbox.traffic.clear();
  const { code, stdout } = await here.run(["sync", "all", "--artist", "slow-ferry", "--json"], { env });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ what: ["artists", "shows", "setlists"], queued: 3, done: 3 });
  const theirs = sandbox.world.id("musicbrainz", { kind: "artist", artist: 0, item: 0 });
  expect(sandbox.traffic.entries().filter(({ path }) => path.includes(theirs))).toEqual([]);
  expect(await here.run(["sync", "all", "--artist", "nobody"], { env })).toEqual({ code: 1, stdout: "", stderr: "There is no such artist.\n" });
});

test("without a key its part is left out of all and refused alone", async () => {
  const few = onlyMusicBrainz(sandbox);
  const alone = await here.run(["sync", "shows"], { env: few });
  expect(alone).toEqual({ code: 1, stdout: "", stderr: "Ticketmaster is not asked here: set TICKETMASTER_API_KEY. `theset doctor` shows all providers.\n" });
  const { code, stdout, stderr } = await here.run(["sync", "all", "--force"], { env: few });
  expect(stderr).toBe("Without shows: Ticketmaster is not asked here: set TICKETMASTER_API_KEY.\nWithout setlists: setlist.fm is not asked here: set SETLISTFM_API_KEY.\n");
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^2 of 2 done\./) as string });
});

test("--no-wait leaves it to a worker", async () => {
  const { code, stdout } = await here.run(["sync", "artists", "--force", "--no-wait"], { env });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^2 jobs are in the queue\. /) as string });
  expect(await rowsOf(here, "SELECT name, state FROM jobs WHERE name = 'refresh-artist'")).toEqual([1, 2].map(() => ({ name: "refresh-artist", state: "queued" })));
  expect((await here.run(["sync", "artists", "--force"], { env })).stdout).toMatch(/^2 of 2 done\./);
});

/** A date of the days to come, yyyy-mm-dd. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
