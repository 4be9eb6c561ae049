import { existsSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "#tests/support/sandbox/sandbox.ts";
import { asking, onlyMusicBrainz, startProviders } from "./providers.ts";
import { workplace } from "./program.ts";
import { rowsOf } from "./rows.ts";

const HARBOURS = { name: "The Quiet Harbours", recordings: 30, works: 15, albums: 2, upcomingShows: 2, pastShows: 4 };
const small = { recordings: 4, works: 3, albums: 1, upcomingShows: 0, pastShows: 0 };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startProviders([HARBOURS, { ...small, name: "Twin", disambiguation: "a duo" }, { ...small, name: "Twin", disambiguation: "a choir" }, { ...small, name: "Brief Visit" }]);
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const idOf = (artist: number) => sandbox.world.id("musicbrainz", { kind: "artist", artist, item: 0 });

test("an artist is brought in by name, without a server: told in a few lines, with a document for programs, again without harm", async () => {
  using here = workplace();
  const env = asking(sandbox);
  const first = await here.run(["import", "the quiet harbours"], { env });
  expect(first.stdout).toMatch(/^The Quiet Harbours is here, at \/artists\/the-quiet-harbours\.\nRead now: \d+ recordings, \d+ albums, 2 shows, \d setlists\.\n/);
  expect(first.stdout).toMatch(/^It took \d+ requests? to .*MusicBrainz.*\.$/m);
  expect(first.code).toBe(0);
  const again = await here.run(["import", "The Quiet Harbours", "--json"], { env });
  expect(again).toMatchObject({ code: 0, stderr: "" });
  const document = { import: 2, job: expect.any(Number) as number, name: "The Quiet Harbours", state: "done", phase: "done", artist: "the-quiet-harbours", problem: null, error: null, again: null };
  expect(JSON.parse(again.stdout)).toMatchObject({ ...document, counts: { shows: { read: 2 } }, requests: { musicbrainz: expect.any(Number) as number } });
  expect(await rowsOf(here, "SELECT count(*) AS n FROM shows WHERE starts_at > 0 AND status = 'upcoming'")).toEqual([{ n: 2 }]);
});

test("on a terminal the phases are shown and taken away again", async () => {
  using here = workplace();
  const { code, stdout } = await here.run(["import", "The Quiet Harbours"], { env: asking(sandbox), terminal: true });
  expect(code, stdout).toBe(0);
  // Which of them are seen is a matter of speed.
  expect(stdout.replaceAll("\r\x1b[2K", "<line>")).toMatch(/<line>(Waiting for its turn|Looking for the artist|Songs|Shows|Setlists|Ballots)/);
  const left = stdout.slice(stdout.lastIndexOf("\x1b[2K") + "\x1b[2K".length);
  expect(left).toContain("The Quiet Harbours is here");
});

test("of several by one name each is shown with what tells it apart and the command that takes it, which works", async () => {
  using here = workplace();
  const env = onlyMusicBrainz(sandbox);
  await here.run(["migrate"]);
  const { code, stdout, stderr } = await here.run(["import", "Twin"], { env });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  const [first, ...others] = stderr.trimEnd().split("\n");
  expect(first).toBe("Several artists are called “Twin”. Say which one you mean.");
  expect(others).toHaveLength(4);
  const commands = others.filter((line) => line.trim().startsWith("theset ")).map((line) => line.trim().split(" ").slice(1));
  expect(commands).toEqual(expect.arrayContaining([1, 2].map((n) => ["import", "--provider", "musicbrainz", "--id", idOf(n)])));
  expect(stderr).toMatch(/^ {2}Twin {2}\(a choir, \w+\) {2}https:\/\/\S+$/m);
  expect(await here.run(commands[0]!, { env })).toMatchObject({ code: 0, stdout: expect.stringContaining("Twin is here") as string });
  const asDocument = await here.run(["import", "Twin", "--json"], { env });
  expect(asDocument.code).toBe(2);
  expect(JSON.parse(asDocument.stdout)).toMatchObject({ state: "failed", phase: "failed", problem: { reason: "ambiguous", candidates: [{ name: "Twin" }, { name: "Twin" }] } });
});

test("nobody by a name or id is said, with 2", async () => {
  using here = workplace();
  const env = onlyMusicBrainz(sandbox);
  await here.run(["migrate"]);
  expect(await here.run(["import", "Nobody Has This Name"], { env })).toEqual({ code: 2, stdout: "", stderr: "Nobody called “Nobody Has This Name” was found. Check how it is spelled.\n" });
  expect(await here.run(["import", "--id", "00000000-0000-4000-8000-000000000000"], { env })).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("knows nobody by the id") as string });
});

test("where nobody may be asked nothing is queued, and a line says what to set", async () => {
  using here = workplace();
  const refused: [string[], Record<string, string>, RegExp][] = [
    [["Twin"], { SYNC: "0" }, /^Providers are not asked here, as SYNC=0 says\. Take it away\. .*\n$/],
    [["Twin"], { SYNC: "1", MUSICBRAINZ: "0" }, /^No provider is asked here\. Take MUSICBRAINZ=0 away, or enter the key of another one\. .*\n$/],
    [["--provider", "spotify", "--id", "x"], onlyMusicBrainz(sandbox), /^Spotify is not asked here: set SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET\. .*\n$/],
  ];
  for (const [args, env, line] of refused) expect(await here.run(["import", ...args], { env })).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(line) as string });
  expect(existsSync(here.path("data/theset.db"))).toBe(false);
});

test("--no-wait leaves it to whoever runs jobs; an import that is waited for takes up its own job alone", async () => {
  using here = workplace();
  const env = onlyMusicBrainz(sandbox);
  await here.run(["migrate"]);
  const queued = await here.run(["import", "Brief Visit", "--no-wait"], { env });
  expect(queued).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The import is in the queue, as job 1\. /) as string });
  expect((await here.run(["import", "--id", idOf(1)], { env })).code).toBe(0);
  expect(await rowsOf(here, "SELECT id, state FROM jobs WHERE name = 'import-artist' ORDER BY id")).toEqual([{ id: 1, state: "queued" }, { id: 2, state: "done" }]);
  await using worker = here.start(["work"], { env });
  await worker.says("Running ");
  const followed = await here.run(["import", "Brief Visit", "--json"], { env });
  expect(followed.code, followed.stderr).toBe(0);
  // The worker has done it: nothing was asked by who followed it.
  expect(JSON.parse(followed.stdout)).toMatchObject({ name: "Brief Visit", state: "done", requests: null });
  expect((await worker.stop()).code).toBe(0);
});
