import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readingOf, type ReadingOptions } from "#server/cli/import-reading.ts";
import { UsageError } from "#server/cli/program.ts";
import { workplace } from "./program.ts";

const artist = (name: string) => ({ artist: { name } });

test.each<[string, ReadingOptions, ReturnType<typeof readingOf>]>([
  ["-", {}, { file: "-" }],
  ["everything.ndjson", {}, { file: "everything.ndjson" }],
  ["everything.ndjson.gz", {}, { file: "everything.ndjson.gz" }],
  ["./x", {}, { file: "./x" }],
  ["../x", {}, { file: "../x" }],
  ["/nowhere/x", {}, { file: "/nowhere/x" }],
  [".", {}, { file: "." }],
  ["Sigur Rós", {}, artist("Sigur Rós")],
  ["AC/DC", {}, artist("AC/DC")],
  ["...And You", {}, artist("...And You")],
  ["  Beck ", {}, artist("Beck")],
  ["everything.ndjson", { artist: true }, artist("everything.ndjson")],
  ["Beck", { file: true }, { file: "Beck" }],
])("%s %o is read as %o", (word, options, reading) => {
  expect(readingOf(word, options)).toEqual(reading);
});

test("an id stands alone and is MusicBrainz's unless told otherwise", () => {
  expect(readingOf(undefined, { id: "x" })).toEqual({ artist: { provider: "musicbrainz", id: "x" } });
  expect(readingOf(undefined, { id: "x", provider: "spotify" })).toEqual({ artist: { provider: "spotify", id: "x" } });
  for (const [word, options] of [["Beck", { id: "x" }], [undefined, { provider: "spotify" }], [undefined, {}], [" ", {}], ["a".repeat(201), {}], [undefined, { id: "" }]] as const) {
    expect(() => readingOf(word, options), JSON.stringify([word, options])).toThrow(UsageError);
  }
});

test("a file by a plain name is a file; a folder is none, so an artist of its name can be brought in", async () => {
  using here = workplace();
  writeFileSync(here.path("beck"), "no export\n");
  mkdirSync(here.path("data"));
  const read = await here.run(["import", "beck"]);
  expect(read).toMatchObject({ code: 1, stdout: "" });
  expect(read.stderr).not.toContain("SYNC");
  expect((await here.run(["import", "--artist", "beck"])).stderr).toMatch(/^Providers are not asked here, as SYNC=0 says/);
  expect((await here.run(["import", "data"])).stderr).toMatch(/^Providers are not asked here/);
  for (const missing of ["missing.ndjson", "./missing"]) {
    expect(await here.run(["import", missing])).toEqual({ code: 1, stdout: "", stderr: `There is no file ${missing}.\n` });
  }
  expect(await here.run(["import", "--file", "missing"])).toEqual({ code: 1, stdout: "", stderr: "There is no file missing.\n" });
  expect(await here.run(["import"])).toEqual({ code: 2, stdout: "", stderr: "Give an artist's name, a file that `theset export` wrote, or - for stdin.\n" });
  expect((await here.run(["import", "x", "--artist", "--file"])).code).toBe(2);
});
