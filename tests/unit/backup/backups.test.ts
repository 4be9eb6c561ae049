import { expect, test } from "vitest";
import { backupsAmong, isPartial, nameOf, parseName } from "#server/backup/names.ts";
import { markOf, parseManifest, requireKnown, standingOf } from "#server/backup/manifest.ts";
import { toRemove, type Keepable } from "#server/backup/retention.ts";
import { LEAST_FREE_BYTES, roomProblem } from "#server/backup/room.ts";

const AT = Date.parse("2026-11-21T04:17:00.250Z");

test("a backup's name says when it was made, and before which migration", () => {
  expect(nameOf(AT).base).toBe("theset-20261121-041700");
  expect(nameOf(AT, 2).base).toBe("theset-20261121-041700-before-0002");
  expect(parseName("theset-20261121-041700-before-0002")).toEqual({ base: "theset-20261121-041700-before-0002", before: 2 });
});

test("names sort by time, also those of a clock in 1970", () => {
  const bases = [AT, AT + 1_000, AT + 86_400_000, 0].map((at) => nameOf(at).base);
  expect(bases.toSorted()).toEqual([bases[3], bases[0], bases[1], bases[2]]);
});

test.each(["theset.db", "theset-20261121-041700.sql", "my-theset-20261121-041700", "theset-20261121-041700-before-2", "../theset-20261121-041700", "theset-2026-041700"])(
  "%s is no backup of ours",
  (name) => {
    expect(parseName(name.replace(/\.db$/, ""))).toBeNull();
    expect(backupsAmong([name])).toEqual([]);
    expect(isPartial(`${name}.partial`)).toBe(false);
  },
);

test("both files of a backup count as one, and what is missing is known", () => {
  const names = ["theset-20261121-041700.db", "theset-20261121-041700.json", "theset-20261122-041700.db", "notes.txt", "theset-20261123-041700.db.partial"];
  expect(backupsAmong(names)).toEqual([
    { base: "theset-20261122-041700", before: null, data: true, manifest: false },
    { base: "theset-20261121-041700", before: null, data: true, manifest: true },
  ]);
  expect(names.filter(isPartial)).toEqual(["theset-20261123-041700.db.partial"]);
});

/** "20261103" is good, "20261103!" is not whole, "20261103@2" was made before migration 2. */
function backups(...days: string[]): Keepable[] {
  return days.map((day) => {
    const [, date = "", broken, before] = /^(\d{8})(!?)(?:@(\d+))?$/.exec(day)!;
    const number = before === undefined ? null : Number(before);
    return { base: nameOf(Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T00:00:00Z`), number).base, before: number, good: !broken };
  });
}

test.each<[string, string[], number, string | null, string[]]>([
  ["the oldest beyond the number go", ["20261101", "20261102", "20261103"], 2, null, ["20261101"]],
  ["nothing goes while there are fewer", ["20261101", "20261102"], 7, null, []],
  ["one that is not whole counts for nothing", ["20261101", "20261102!", "20261103!"], 1, null, []],
  ["the newest good one stays, also when newer ones are not whole", ["20261101", "20261102", "20261103!"], 1, null, ["20261101"]],
  ["one that is not whole goes once as many good ones are newer", ["20261101!", "20261102", "20261103"], 2, null, ["20261101!"]],
  ["those for upgrades count by themselves", ["20261101@1", "20261102", "20261103", "20261104"], 1, null, ["20261103", "20261102"]],
  ["the newest for an upgrade stays likewise", ["20261101@1", "20261102@2"], 1, null, ["20261101@1"]],
  ["the one just made stays although the clock went back", ["19700101", "20261102", "20261103"], 2, "19700101", []],
  ["a number below one keeps one", ["20261101", "20261102"], 0, null, ["20261101"]],
])("of backups kept, %s", (_what, days, keep, made, gone) => {
  const bases = (of: string[]) => backups(...of).map(({ base }) => base);
  expect(toRemove(backups(...days), keep, made === null ? null : bases([made])[0]!).toSorted()).toEqual(bases(gone).toSorted());
});

const known = ["a", "b", "c"].map((hash) => ({ hash }));

test.each([
  [["a", "b", "c"], "same"],
  [["a", "b"], "older"],
  [[], "older"],
  [["a", "b", "c", "d"], "newer"],
  [["a", "x"], "other"],
  [["b", "a", "c"], "other"],
] as const)("a schema made by %j is %s to a program with a, b, c", (hashes, standing) => {
  expect(standingOf(markOf(hashes), known)).toBe(standing);
});

test("what this program can't work with is refused with what to use", () => {
  const about = { what: "theset-20261121-041700.db", program: "9.0.0" };
  expect(() => requireKnown(markOf(["a", "b"]), known, about)).not.toThrow();
  expect(() => requireKnown(markOf(["a", "b", "c", "d"]), known, about)).toThrow(
    "theset-20261121-041700.db was made by a newer TheSet (9.0.0) than this one. Use that version or a later one.",
  );
  expect(() => requireKnown(markOf(["a", "x"]), known, about)).toThrow(/another build of TheSet \(9\.0\.0\)/);
});

test.each(["", "{}", "[]", '{"theset":"backup","format":2}', "not JSON"])("%j is no manifest", (text) => {
  expect(() => parseManifest(text, "x.json")).toThrow("x.json is not a manifest that this program can read.");
});

test("a nearly full disk is told with what is left", async () => {
  expect(await roomProblem("/", async () => LEAST_FREE_BYTES)).toBeNull();
  expect(await roomProblem("/", async () => 9_900_000)).toBe("The disk is nearly full: 9.9 MB are free.");
});
