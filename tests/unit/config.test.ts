import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ANYONE, NOBODY } from "#server/config/trusted-proxies.ts";
import { ConfigError, readConfig } from "#server/config/config.ts";
import { machineContact } from "#server/config/providers.ts";

describe("with nothing set", () => {
  it("everything has a working default", () => {
    expect(readConfig({})).toEqual({
      host: "127.0.0.1",
      port: 3000,
      databaseUrl: `file:${resolve("data/theset.db")}`,
      databasePath: resolve("data/theset.db"),
      publicUrl: null,
      trustProxy: NOBODY,
      socket: null,
      dataDir: resolve("data"),
      basePath: "",
      backup: { folder: resolve("data/backups"), schedule: "17 4 * * *", keep: 7, s3: null },
      demo: true,
      logLevel: "info",
      metricsToken: null,
      streams: { total: 20_000, perAddress: 5_000 },
      sync: true,
      providers: { musicbrainz: { baseUrl: null, contact: machineContact(), paceMs: null }, setlistfm: null, ticketmaster: null, spotify: null },
    });
  });

  it("an empty value is none, and other variables are none of our business", () => {
    expect(readConfig({ PORT: "", HOST: " ", DATABASE_URL: "", DEMO: undefined, EDITOR: "vi" })).toEqual(readConfig({}));
  });
});

describe("a right value", () => {
  it.each([
    ["PORT", "0", { port: 0 }],
    ["PORT", "65535", { port: 65_535 }],
    ["HOST", "0.0.0.0", { host: "0.0.0.0" }],
    ["DEMO", "0", { demo: false }],
    ["DEMO", "false", { demo: false }],
    ["TRUST_PROXY", "1", { trustProxy: ANYONE }],
    ["TRUST_PROXY", "true", { trustProxy: ANYONE }],
    ["DATA_DIR", "/srv/set", { databasePath: "/srv/set/theset.db", backup: { folder: "/srv/set/backups" } }],
    ["BASE_PATH", "/theset/", { basePath: "/theset" }],
    ["BACKUP_SCHEDULE", "off", { backup: { schedule: null } }],
    ["LOG_LEVEL", "silent", { logLevel: "silent" }],
    ["DATABASE_URL", "file:/srv/set.db", { databasePath: "/srv/set.db", databaseUrl: "file:/srv/set.db" }],
    ["DATABASE_URL", "file:///srv/set.db", { databasePath: "/srv/set.db", databaseUrl: "file:/srv/set.db" }],
    ["DATABASE_URL", "file:set.db", { databasePath: resolve("set.db") }],
    ["METRICS_TOKEN", "0123456789abcdef", { metricsToken: "0123456789abcdef" }],
    ["LIVE_STREAMS", "5", { streams: { total: 5, perAddress: 5_000 } }],
    ["LIVE_STREAMS_PER_ADDRESS", "2", { streams: { total: 20_000, perAddress: 2 } }],
  ])("%s=%s is taken", (name, value, expected) => {
    expect(readConfig({ [name]: value })).toMatchObject(expected);
  });

  it.each(["https://vote.example.org", "http://192.168.1.5:3000"])("PUBLIC_URL=%s is taken", (url) => {
    expect(new URL(readConfig({ PUBLIC_URL: url }).publicUrl!).origin).toBe(url);
  });
});

describe("a wrong value stops the start with its name and an example", () => {
  it.each([
    ["PORT", "http", "PORT=3000"],
    ["PORT", "70000", "PORT=3000"],
    ["PORT", "-1", "PORT=3000"],
    ["PORT", "30.5", "PORT=3000"],
    ["DATABASE_URL", "postgres://localhost/set", "DATABASE_URL=file:./data/theset.db"],
    ["DATABASE_URL", "file:", "DATABASE_URL=file:./data/theset.db"],
    ["PUBLIC_URL", "vote.example.org", "PUBLIC_URL=https://vote.example.org"],
    ["PUBLIC_URL", "ftp://vote.example.org", "PUBLIC_URL=https://vote.example.org"],
    ["PUBLIC_URL", "https://example.org/vote", "PUBLIC_URL=https://vote.example.org"],
    ["TRUST_PROXY", "yes", "TRUST_PROXY=127.0.0.1,10.0.0.0/8"],
    ["TRUST_PROXY", "10.0.0.0/33", "TRUST_PROXY=127.0.0.1,10.0.0.0/8"],
    ["BASE_PATH", "theset", "BASE_PATH=/theset"],
    ["BASE_PATH", "/a/../b", "BASE_PATH=/theset"],
    ["BASE_PATH", "//theset", "BASE_PATH=/theset"],
    ["BASE_PATH", "/the set", "BASE_PATH=/theset"],
    ["SOCKET", "theset.sock", "SOCKET=/run/theset/theset.sock"],
    ["DEMO", "off", "DEMO=0"],
    ["LOG_LEVEL", "loud", "LOG_LEVEL=info"],
    ["METRICS_TOKEN", "short", "METRICS_TOKEN=the-output-of-openssl-rand-hex-32"],
    ["LIVE_STREAMS", "0", "LIVE_STREAMS=20000"],
    ["LIVE_STREAMS_PER_ADDRESS", "many", "LIVE_STREAMS_PER_ADDRESS=5000"],
  ])("%s=%s", (name, value, example) => {
    const start = () => readConfig({ [name]: value });
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(new RegExp(`^${name} is not valid: \\S.*\\. Example: ${example.replaceAll("/", "\\/")}$`));
  });

  it("all wrong ones at once, a line each", () => {
    expect(() => readConfig({ PORT: "x", DEMO: "y" })).toThrow(/^PORT is not valid.*\nDEMO is not valid.*$/);
  });
});

it("cannot be changed afterwards", () => {
  const config = readConfig({});
  expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
  expect(() => Object.assign(config.streams, { total: 1 })).toThrow(TypeError);
});
