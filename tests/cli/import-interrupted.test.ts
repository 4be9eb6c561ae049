import { expect, test } from "vitest";
import { asking, onlyMusicBrainz, startProviders } from "./providers.ts";
import { workplace } from "./program.ts";
import { rowsOf } from "./rows.ts";

const large = { name: "The Long Tides", recordings: 620, works: 60, albums: 4, upcomingShows: 1, pastShows: 3 };
const pagesOf = (entries: readonly { path: string }[]) => entries.filter(({ path }) => path.includes("/recording")).length;

test("Ctrl-C in the middle keeps what came in; the same command goes on from the page that it was at", async () => {
  await using sandbox = await startProviders([large]);
  const env = { ...onlyMusicBrainz(sandbox), LOG_LEVEL: "debug" };
  using whole = workplace();
  await whole.run(["import", large.name], { env });
  const pages = pagesOf(sandbox.traffic.entries());
  sandbox.traffic.clear();

  using here = workplace();
  sandbox.faults.add({ fault: "slow", provider: "musicbrainz", path: "/ws/2/recording", ms: 300 });
  await using running = here.start(["import", large.name], { env });
  await running.says("/ws/2/recording");
  running.process.kill("SIGINT");
  const { code, stdout, stderr } = await running.ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^Stopped; what came in stays\. The same command goes on from there, .*`theset jobs cancel 1` ends it\.$/m);
  expect(await rowsOf(here, "SELECT state, owner, cursor IS NOT NULL AS begun FROM jobs")).toEqual([{ state: "queued", owner: null, begun: 1 }]);
  expect(pagesOf(sandbox.traffic.entries())).toBeLessThan(pages);

  sandbox.faults.clear();
  expect(await here.run(["import", large.name], { env: { ...env, LOG_LEVEL: "info" } })).toMatchObject({ code: 0, stderr: "" });
  // The page under way may be asked for twice, none before it.
  expect(pagesOf(sandbox.traffic.entries())).toBeLessThanOrEqual(pages + 1);
  for (const table of ["songs", "shows", "artists"]) {
    const count = `SELECT count(*) AS n FROM ${table}`;
    expect(await rowsOf(here, count), table).toEqual(await rowsOf(whole, count));
  }
});

test("an import whose process was killed is pointed out, and goes on once its lease has run out", async () => {
  await using sandbox = await startProviders([large]);
  const env = onlyMusicBrainz(sandbox);
  using here = workplace();
  sandbox.faults.add({ fault: "slow", provider: "musicbrainz", path: "/ws/2/recording", ms: 300 });
  await using running = here.start(["import", large.name], { env: { ...env, LOG_LEVEL: "debug" } });
  await running.says("/ws/2/recording");
  running.process.kill("SIGKILL");
  await running.ended;
  expect(await rowsOf(here, "SELECT state FROM jobs")).toEqual([{ state: "running" }]);
  sandbox.faults.clear();
  const later = { NODE_OPTIONS: "--import=data:text/javascript,const%20n=Date.now;Date.now=()=>n()+61000" };
  expect((await here.run(["doctor"], { env: { ...env, ...later, PORT: "1" } })).stdout).toMatch(/^warn jobs: the runner of 1 is gone\n {5}-> .*start one\.$/m);
  expect(await here.run(["import", large.name], { env: { ...env, ...later } })).toMatchObject({ code: 0, stderr: "" });
});

test("while a provider is down the import says until when it is put off, and goes on when it is tried again", async () => {
  await using sandbox = await startProviders([{ ...large, recordings: 10, works: 5 }]);
  const env = onlyMusicBrainz(sandbox);
  using here = workplace();
  await sandbox.down("musicbrainz");
  await using running = here.start(["import", large.name], { env });
  await running.says("Put off until ");
  running.process.kill("SIGINT");
  const { code, stderr } = await running.ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Put off until 20\S+Z: MusicBrainz does not answer \(.*\)\. It is asked again .*$/m);
  expect(stderr).toMatch(/^Stopped; what came in stays\./m);
  await sandbox.up("musicbrainz");
  expect((await here.run(["jobs", "retry", "1"])).code).toBe(0);
  expect(await here.run(["import", large.name], { env })).toMatchObject({ code: 0, stderr: "" });
});

test("what is put off for hours is not waited for: all else is here, and a line says when and how it goes on", async () => {
  await using sandbox = await startProviders([{ ...large, recordings: 10, works: 5, pastShows: 30 }]);
  using here = workplace();
  const { code, stdout, stderr } = await here.run(["import", large.name, "--json"], { env: { ...asking(sandbox), SETLISTFM_DAILY: "1" } });
  expect(code, stderr).toBe(1);
  expect(stderr).toMatch(/^Nothing can be done before 20\S+Z\. A running server or `theset work` goes on by itself then, .*`theset jobs retry 1`/m);
  const { state, again, error, counts } = JSON.parse(stdout) as { state: string; again: string; error: string; counts: { shows: { read: number } } };
  expect({ state, shows: counts.shows.read, error }).toEqual({ state: "queued", shows: 1, error: expect.stringContaining("setlist.fm") as string });
  expect(Date.parse(again)).toBeGreaterThan(Date.now());
});
