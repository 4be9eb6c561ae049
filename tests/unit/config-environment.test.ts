import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "#server/config/config.ts";
import { readEnvironment } from "#server/config/environment.ts";

let folder = "";
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "theset-env-"))));
afterEach(() => rmSync(folder, { recursive: true }));

describe("the file .env", () => {
  it("is read, with quotes and comments; the real environment wins, unless it is empty", () => {
    writeFileSync(join(folder, ".env"), "# ours\nPORT=4000\nHOST='0.0.0.0'\nexport DEMO=0\nLOG_LEVEL=warn # loud enough\n");
    const { values, originOf } = readEnvironment(folder, { HOST: "127.0.0.2", PORT: "" });
    expect(values).toMatchObject({ PORT: "4000", HOST: "127.0.0.2", DEMO: "0", LOG_LEVEL: "warn" });
    expect(["PORT", "HOST", "DATA_DIR"].map(originOf)).toEqual([".env", "environment", null]);
  });

  it("may be missing", () => {
    expect(readEnvironment(folder, { PORT: "1" }).values).toEqual({ PORT: "1" });
  });

  it("that can't be read stops the start", () => {
    mkdirSync(join(folder, ".env"));
    expect(() => readEnvironment(folder, {})).toThrow(ConfigError);
    expect(() => readEnvironment(folder, {})).toThrow(/^The settings in .*\.env cannot be read \(.*\)\. Let this user read the file, or take it away\.$/);
  });
});

describe("a secret from a file", () => {
  const secret = (contents: string) => {
    writeFileSync(join(folder, "secret"), contents);
    return join(folder, "secret");
  };

  it("is what the file holds, without the line's end", () => {
    expect(readConfig({ METRICS_TOKEN_FILE: secret("0123456789abcdef\n") }).metricsToken).toBe("0123456789abcdef");
    const s3 = { BACKUP_S3_URL: "https://s3.example.org/b", BACKUP_S3_ACCESS_KEY_ID: "id", BACKUP_S3_SECRET_ACCESS_KEY_FILE: secret("key") };
    expect(readConfig(s3).backup.s3?.secretAccessKey).toBe("key");
  });

  it.each([
    ["is told twice", (file: string) => ({ METRICS_TOKEN_FILE: file, METRICS_TOKEN: "0123456789abcdef" }), /^METRICS_TOKEN and METRICS_TOKEN_FILE are both set: keep one of them\.$/],
    ["does not exist", (file: string) => ({ METRICS_TOKEN_FILE: `${file}.none` }), /^METRICS_TOKEN_FILE is not valid: the file cannot be read \(.*ENOENT.*\)\. Example: METRICS_TOKEN_FILE=\/run\/secrets\/metrics_token$/],
    ["is a folder", () => ({ METRICS_TOKEN_FILE: folder }), /^METRICS_TOKEN_FILE is not valid: the file cannot be read \(.*EISDIR.*\)/],
  ])("that %s stops the start", (_what, env, message) => {
    const given = env(secret("0123456789abcdef"));
    expect(() => readConfig(given)).toThrow(ConfigError);
    expect(() => readConfig(given)).toThrow(message);
  });

  it("that holds a wrong value is refused without showing it", () => {
    expect(() => readConfig({ METRICS_TOKEN_FILE: secret("short") })).toThrow(/^METRICS_TOKEN is not valid: (?!.*short)/);
  });

  it("that cannot be read stops the start", () => {
    const folder = dirname(secret("0123456789abcdef"));
    expect(() => readConfig({ METRICS_TOKEN_FILE: folder })).toThrow(/^METRICS_TOKEN_FILE is not valid: .*EISDIR/);
  });
});
