import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { userAgent } from "#jobs/providers/musicbrainz/terms.ts";
import { ConfigError, readConfig, type Variables } from "#server/config/config.ts";
import { readEnvironment } from "#server/config/environment.ts";
import { machineContact } from "#server/config/providers.ts";
import { describeSettings } from "#server/config/settings.ts";

const providers = (env: Variables) => readConfig(env).providers;

describe("with nothing set", () => {
  it("MusicBrainz alone is asked, by the program's own measure", () => {
    expect(readConfig({}).sync).toBe(true);
    expect(providers({})).toEqual({
      musicbrainz: { baseUrl: null, contact: machineContact(), paceMs: null },
      setlistfm: null,
      ticketmaster: null,
      spotify: null,
    });
  });

  it("it is told the machine's name, in a form that it takes", () => {
    expect(machineContact()).toContain(hostname().replace(/[^\w.-]/g, ""));
    expect(["box", "(none)", "", "a b"].map((name) => machineContact(name))).toEqual(["http://box/", "http://none/", "http://localhost/", "http://ab/"]);
    expect(userAgent("1.0.0", machineContact("(none)"))).toBe("TheSet/1.0.0 ( http://none/ )");
  });
});

describe("MusicBrainz's contact", () => {
  it.each([
    [{ PUBLIC_URL: "https://vote.example.org", BASE_PATH: "/set" }, "https://vote.example.org/set/"],
    [{ PUBLIC_URL: "https://bücher.example" }, "https://xn--bcher-kva.example/"],
    [{ PUBLIC_URL: "https://vote.example.org", MUSICBRAINZ_CONTACT: "you@example.org" }, "you@example.org"],
  ])("of %j is %s", (env, contact) => {
    expect(providers(env).musicbrainz?.contact).toBe(contact);
    expect(userAgent("1.0.0", contact)).toContain(contact);
  });
});

it("each is asked with what was set", () => {
  const env = {
    SYNC: "0",
    MUSICBRAINZ_URL: "http://127.0.0.1:5000/ws/2/",
    MUSICBRAINZ_PACE_MS: "0",
    SETLISTFM_API_KEY: "s-key",
    SETLISTFM_URL: "http://127.0.0.1:5001/rest/1.0",
    SETLISTFM_PACE_MS: "70",
    SETLISTFM_DAILY: "50000",
    TICKETMASTER_API_KEY: "t-key",
    TICKETMASTER_AFFILIATE: "from=a%20fan",
    TICKETMASTER_URL: "http://127.0.0.1:5002",
    TICKETMASTER_PACE_MS: "100",
    TICKETMASTER_DAILY: "20000",
    SPOTIFY_CLIENT_ID: "id",
    SPOTIFY_CLIENT_SECRET: "secret",
    SPOTIFY_URL: "http://127.0.0.1:5003/v1",
    SPOTIFY_ACCOUNTS_URL: "http://127.0.0.1:5003",
    SPOTIFY_PACE_MS: "150",
  };
  expect(readConfig(env).sync).toBe(false);
  expect(providers(env)).toEqual({
    musicbrainz: { baseUrl: "http://127.0.0.1:5000/ws/2", contact: machineContact(), paceMs: 0 },
    setlistfm: { baseUrl: "http://127.0.0.1:5001/rest/1.0", key: "s-key", paceMs: 70, daily: 50_000 },
    ticketmaster: { baseUrl: "http://127.0.0.1:5002", key: "t-key", affiliate: { name: "from", value: "a fan" }, paceMs: 100, daily: 20_000 },
    spotify: { baseUrl: "http://127.0.0.1:5003/v1", accountsUrl: "http://127.0.0.1:5003", clientId: "id", clientSecret: "secret", paceMs: 150 },
  });
});

it("MusicBrainz can be left out", () => {
  expect(providers({ MUSICBRAINZ: "0" }).musicbrainz).toBeNull();
});

describe("what can't be stops the start, with the name and an example", () => {
  it.each([
    ["MUSICBRAINZ_CONTACT", "me", "you@example.org"],
    ["MUSICBRAINZ_CONTACT", "https://example.org/(us)", "you@example.org"],
    ["MUSICBRAINZ_CONTACT", "https://example.org/ü", "you@example.org"],
    ["MUSICBRAINZ_URL", "mirror:5000", "http://mirror.example.org:5000/ws/2"],
    ["MUSICBRAINZ_URL", "http://me:pass@mirror.example.org", "http://mirror.example.org:5000/ws/2"],
    ["MUSICBRAINZ_PACE_MS", "-1", "1100"],
    ["SETLISTFM_URL", "https://api.setlist.fm/rest/1.0?key=x", "https://api.setlist.fm/rest/1.0"],
    ["SETLISTFM_API_KEY", "two words", "the-key-from-setlist.fm"],
    ["SETLISTFM_DAILY", "0", "1440"],
    ["TICKETMASTER_AFFILIATE", "abc", "camefrom=CFC_EXAMPLE"],
    ["TICKETMASTER_AFFILIATE", "a=1&b=2", "camefrom=CFC_EXAMPLE"],
    ["TICKETMASTER_AFFILIATE", "=1", "camefrom=CFC_EXAMPLE"],
    ["SPOTIFY_PACE_MS", "soon", "200"],
    ["SYNC", "maybe", "0"],
  ])("%s=%s", (name, value, example) => {
    const start = () => providers({ [name]: value });
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(new RegExp(`^${name} is not valid: \\S.*\\. Example: `));
    expect(start).toThrow(`Example: ${name}=${example}`);
  });

  it("one of Spotify's two without the other", () => {
    expect(() => providers({ SPOTIFY_CLIENT_ID: "id" })).toThrow("SPOTIFY_CLIENT_SECRET is not set, and SPOTIFY_CLIENT_ID needs it. Example: SPOTIFY_CLIENT_SECRET=");
    expect(() => providers({ SPOTIFY_CLIENT_SECRET: "secret" })).toThrow("SPOTIFY_CLIENT_ID is not set, and SPOTIFY_CLIENT_SECRET needs it. Example: SPOTIFY_CLIENT_ID=");
  });

  it("asking musicbrainz.org itself more than once a second", () => {
    const fast = { MUSICBRAINZ_PACE_MS: "999" };
    expect(() => providers(fast)).toThrow(/^MUSICBRAINZ_PACE_MS is not valid: musicbrainz\.org takes one request a second; .* MUSICBRAINZ_URL/);
    expect(() => providers({ ...fast, MUSICBRAINZ_URL: "https://beta.musicbrainz.org/ws/2" })).toThrow(ConfigError);
    expect(providers({ ...fast, MUSICBRAINZ_URL: "https://notmusicbrainz.org/ws/2" }).musicbrainz?.paceMs).toBe(999);
    expect(providers({ MUSICBRAINZ_PACE_MS: "1000" }).musicbrainz?.paceMs).toBe(1000);
  });
});

it("cannot be changed afterwards", () => {
  const all = providers({ SETLISTFM_API_KEY: "k", TICKETMASTER_API_KEY: "k", TICKETMASTER_AFFILIATE: "a=b", SPOTIFY_CLIENT_ID: "i", SPOTIFY_CLIENT_SECRET: "s" });
  for (const part of [all, ...Object.values(all), all.ticketmaster?.affiliate]) expect(Object.isFrozen(part)).toBe(true);
});

it("are shown with keys masked, from wherever they come", () => {
  const folder = mkdtempSync(join(tmpdir(), "theset-providers-"));
  try {
    writeFileSync(join(folder, "key"), "key-in-a-file\n");
    const env = { SETLISTFM_API_KEY_FILE: join(folder, "key"), TICKETMASTER_API_KEY: "key-in-the-environment", TICKETMASTER_AFFILIATE: "a=b", PUBLIC_URL: "https://vote.example.org", SYNC: "0" };
    const environment = readEnvironment(folder, env);
    expect(readConfig(environment.values).providers.setlistfm?.key).toBe("key-in-a-file");
    const settings = describeSettings(readConfig(environment.values), environment);
    const by = Object.fromEntries(settings.map(({ name, value, from }) => [name, `${value} (${from})`]));
    expect(by).toMatchObject({
      SYNC: "0 (environment)",
      MUSICBRAINZ: "1 (default)",
      MUSICBRAINZ_CONTACT: "https://vote.example.org/ (default)",
      MUSICBRAINZ_PACE_MS: "null (default)",
      SETLISTFM_API_KEY: "**** (file)",
      TICKETMASTER_API_KEY: "**** (environment)",
      TICKETMASTER_AFFILIATE: "a=b (environment)",
      SPOTIFY_CLIENT_SECRET: "null (default)",
    });
    expect(JSON.stringify(settings)).not.toContain("key-in");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
