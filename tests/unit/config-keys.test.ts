import { chmodSync, chownSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closeKeys, KeysError, keysPath, makeKeys, readKeys } from "#server/config/keys.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "theset-keys-"));
  path = keysPath(join(folder, "theset.db"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const root = process.getuid?.() === 0;
const EARLIER = "0123456789_abcdefghijklmnopqrstuvwxyz-ABCDE";

/** What other system calls than link say where there are no second names. */
function noLinks(): never {
  throw Object.assign(new Error("EPERM: operation not permitted, link"), { code: "EPERM" });
}

describe("the keys' file", () => {
  it("is made beside the database, readable by its user alone, and read again", () => {
    expect(readKeys(path)).toBeNull();
    const { keys, made } = makeKeys(path, { earlier: null });
    expect(made).toBe(true);
    expect(keys.networkKey).toMatch(/^[\w-]{43}$/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readKeys(path)).toEqual(keys);
    expect(readdirSync(folder)).toEqual(["keys.json"]);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ version: 1, ...keys });
  });

  it("holds other keys each time it is made", () => {
    const first = makeKeys(path, { earlier: null }).keys;
    rmSync(path);
    expect(makeKeys(path, { earlier: null }).keys).not.toEqual(first);
  });

  it("takes over the key of before there was one, unless it is none of ours", () => {
    expect(makeKeys(path, { earlier: EARLIER }).keys).toEqual({ networkKey: EARLIER });
    rmSync(path);
    expect(makeKeys(path, { earlier: "" }).keys.networkKey).toMatch(/^[\w-]{43}$/);
  });

  it.each([["second names", linkSync], ["no second names", noLinks]])("with %s: who comes second takes the first one's keys, and leaves nothing behind", (_name, link) => {
    const first = makeKeys(path, { earlier: null, link });
    const second = makeKeys(path, { earlier: EARLIER, link });
    expect([first.made, second.made]).toEqual([true, false]);
    expect(second.keys).toEqual(first.keys);
    expect(readdirSync(folder)).toEqual(["keys.json"]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("with keys that only a later program knows is read all the same", () => {
    writeFileSync(path, JSON.stringify({ version: 1, networkKey: EARLIER, pushKey: "x" }));
    expect(readKeys(path)).toEqual({ networkKey: EARLIER });
  });
});

describe("a file that is not as it was made stops the start, says what to do, and stays", () => {
  it.each([
    ["empty", ""],
    ["cut short", '{ "version": 1, "netw'],
    ["with a key cut short", JSON.stringify({ version: 1, networkKey: EARLIER.slice(1) })],
    ["without a key", '{"version":1}'],
    ["a list", "[]"],
    ["nothing", "null"],
    ["without a version", JSON.stringify({ networkKey: EARLIER })],
  ])("%s", (_name, text) => {
    writeFileSync(path, text);
    expect(() => readKeys(path)).toThrow(KeysError);
    expect(() => readKeys(path)).toThrow(`${path} is damaged, and was left as it is. Put your copy of it back; without one move it away, and new keys are made: votes cast before then can't be compared by network with later ones, nothing else is lost.`);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  it("of a newer program", () => {
    writeFileSync(path, '{"version":2,"keys":[]}');
    expect(() => readKeys(path)).toThrow(/is of a newer TheSet, and was left as it is\. Start that one/);
  });

  it("a folder in its place", () => {
    mkdirSync(path);
    expect(() => readKeys(path)).toThrow(/keys\.json cannot be read: EISDIR.* Put your copy of it back/);
  });

  it("a link that leads nowhere", () => {
    symlinkSync(join(folder, "nowhere"), path);
    expect(readKeys(path)).toBeNull();
    expect(() => makeKeys(path, { earlier: null })).toThrow(/keys\.json leads nowhere.* Move away what is there/);
    expect(readdirSync(folder)).toEqual(["keys.json"]);
  });
});

it("in a folder that can't be written nothing can be kept, and it is said", () => {
  const nowhere = keysPath("/proc/theset.db");
  expect(() => makeKeys(nowhere, { earlier: null })).toThrow(/^The keys cannot be kept in \/proc\/keys\.json: .*\. See that this user may write in its folder/);
});

describe("others' rights on the file", () => {
  it.each([0o644, 0o640, 0o660, 0o601])("%o are taken away", (mode) => {
    const { keys } = makeKeys(path, { earlier: null });
    chmodSync(path, mode);
    expect(closeKeys(path)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(closeKeys(path)).toBe(false);
    expect(readKeys(path)).toEqual(keys);
  });

  it.runIf(root)("what root makes belongs to whoever the folder belongs to", () => {
    chownSync(folder, 54_321, 54_322);
    makeKeys(path, { earlier: null });
    const { uid, gid } = statSync(path);
    expect([uid, gid]).toEqual([54_321, 54_322]);
  });
});
