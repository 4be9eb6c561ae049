import { expect, test } from "vitest";
import { workplace, type Workplace } from "./program.ts";

interface Finding {
  about: string;
  level: string;
  found: string;
  advice: string | null;
}

const NAMES = ["MusicBrainz", "setlist.fm", "Ticketmaster", "Spotify"];
const KEYS = { SETLISTFM_API_KEY: "s-secret", TICKETMASTER_API_KEY: "t-secret", SPOTIFY_CLIENT_ID: "i-secret", SPOTIFY_CLIENT_SECRET: "p-secret" };

async function examine(here: Workplace, env: Record<string, string>) {
  const { code, stdout } = await here.run(["doctor", "--json"], { env: { PORT: "1", SYNC: "1", ...env } });
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  return { code, stdout, about: Object.fromEntries(findings.map((one) => [one.about, one])) };
}

test("without keys nothing is to mend, and each missing one has a word on how to get it", async () => {
  using here = workplace();
  await here.run(["migrate"]);
  const { code, about } = await examine(here, {});
  expect(code).toBe(0);
  for (const name of NAMES) expect(about[name], name).toMatchObject({ level: "note" });
  expect(about["MusicBrainz"]).toMatchObject({ found: expect.stringMatching(/^asked without a key, .*1100 ms.* http:\/\/\S+\/$/) as string, advice: expect.stringContaining("MUSICBRAINZ_CONTACT=") as string });
  expect(about["setlist.fm"]!.advice).toMatch(/setlist\.fm\/settings\/api .*SETLISTFM_API_KEY/);
  expect(about["Ticketmaster"]!.advice).toMatch(/developer\.ticketmaster\.com.*TICKETMASTER_API_KEY/);
  expect(about["Spotify"]!.advice).toMatch(/developer\.spotify\.com\/dashboard.*SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET/);
  const { stdout } = await here.run(["doctor"], { env: { PORT: "1", SYNC: "1" } });
  expect(stdout).toMatch(/^note setlist\.fm: no key.*\n {5}-> Get a key/m);
});

test("with keys all four are set up, limits are told, and no key is", async () => {
  using here = workplace();
  const env = { ...KEYS, MUSICBRAINZ_CONTACT: "you@example.org", MUSICBRAINZ_URL: "http://127.0.0.1:5000/ws/2", MUSICBRAINZ_PACE_MS: "20", TICKETMASTER_AFFILIATE: "from=us", SETLISTFM_DAILY: "50000" };
  const { code, stdout, about } = await examine(here, env);
  expect(code).toBe(0);
  for (const name of NAMES) expect(about[name], name).toMatchObject({ level: "ok", advice: null });
  expect(about["MusicBrainz"]!.found).toBe("asked without a key for http://127.0.0.1:5000/ws/2, a request each 20 ms at most; reaches you at you@example.org");
  expect(about["setlist.fm"]!.found).toBe("a key is set, a request each 550 ms at most, 50,000 a day");
  expect(about["Ticketmaster"]!.found).toBe("a key is set, a request each 220 ms at most, 5,000 a day; ticket links carry from");
  expect(stdout).not.toContain("-secret");
});

test("what was switched off is said", async () => {
  using here = workplace();
  expect((await examine(here, { MUSICBRAINZ: "0" })).about["MusicBrainz"]).toMatchObject({ level: "note", found: "left out, as MUSICBRAINZ=0 says" });
  const { code, about } = await examine(here, { ...KEYS, SYNC: "0" });
  expect(code).toBe(0);
  expect(about["providers"]).toMatchObject({ level: "note", found: "none is asked, as SYNC=0 says" });
  for (const name of NAMES) expect(about[name]).toBeUndefined();
});

test("half of Spotify's keys stops the start and names the other half", async () => {
  using here = workplace();
  const { code, about } = await examine(here, { SPOTIFY_CLIENT_ID: "i-secret" });
  expect(code).toBe(1);
  expect(about["settings"]).toMatchObject({ level: "fail", found: expect.stringMatching(/^SPOTIFY_CLIENT_SECRET is not set, and SPOTIFY_CLIENT_ID needs it\./) as string });
});
