import { globSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { expect, test } from "vitest";

const nameless = ["utils", "lib", "helpers", "common", "shared", "misc", "services"];
const data = ["db/seed/", "db/migrations/"];
const files = globSync("{app,server,db,jobs}/**/*.{ts,tsx,js,css,sql}").toSorted();

test("no room has a name that says nothing", () => {
  const rooms = [...new Set(files.map((file) => dirname(file)))];
  expect(rooms.filter((room) => room.split("/").some((part) => nameless.includes(part)))).toEqual(
    [],
  );
  expect(files.filter((file) => nameless.includes(basename(file).split(".")[0] ?? ""))).toEqual([]);
});

test("no source is longer than 300 lines", () => {
  const long = files
    .filter((file) => !data.some((folder) => file.startsWith(folder)))
    .map((file) => ({ file, lines: readFileSync(file, "utf8").split("\n").length - 1 }))
    .filter(({ lines }) => lines > 300);
  expect(files.length).toBeGreaterThan(0);
  expect(long).toEqual([]);
});
