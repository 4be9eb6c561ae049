import { execFileSync } from "node:child_process";
import { openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { expect, test } from "vitest";
import { openWriter } from "#db/client.ts";
import { workplace, type Workplace } from "./program.ts";
import { rowsOf } from "./rows.ts";

const HEADER = "action,kind,id,provider,provider_id,into\r\n";

/** A database with so many artists, and nothing linked. */
async function artists(here: Workplace, count: number): Promise<void> {
  await here.run(["migrate"]);
  await change(here, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO artists (id, slug, name, search_name) SELECT i, 'a' || i, 'A', 'a' FROM n`);
}

async function change(here: Workplace, sql: string): Promise<void> {
  const writer = await openWriter(`file:${here.path("data/theset.db")}`);
  await writer.client.execute(sql);
  writer.close();
}

/** Lines that link each artist to an id that a spreadsheet would calculate. */
const linesFor = (count: number, pad = "") => Array.from({ length: count }, (_, i) => `approve,artist,${i + 1},spotify,'=id-${i}${pad},\r\n`).join("");

const counted = async (here: Workplace, table: string) => Number((await rowsOf(here, `SELECT count(*) AS n FROM ${table}`))[0]!["n"]);

test("links go into a file and come back, as CSV and JSON, through files and pipes", async () => {
  using here = workplace();
  await artists(here, 3);
  writeFileSync(here.path("first.csv"), HEADER + linesFor(3));
  const dry = await here.run(["links", "import", "--dry-run", "first.csv"]);
  expect(dry).toMatchObject({ code: 0, stdout: "It would be: 3 links approved, 0 links rejected, 0 merges, of 3 lines. What was so already stays as it was. Nothing was changed.\n" });
  expect(await counted(here, "artist_identities")).toBe(0);
  expect(await here.run(["links", "import", "first.csv"])).toMatchObject({ code: 0, stdout: "3 links approved, 0 links rejected, 0 merges, of 3 lines. What was so already stays as it was.\n" });
  expect(await here.run(["links", "export"])).toMatchObject({ code: 0, stdout: HEADER + linesFor(3) });
  expect(await here.run(["links", "export", "links.json"])).toMatchObject({ code: 0, stdout: "links.json holds all links.\n" });
  const items = readFileSync(here.path("links.json"), "utf8");
  expect(JSON.parse(items)).toHaveLength(3);
  expect(await here.run(["links", "export", "--format", "json", "-"])).toMatchObject({ stdout: items });
  const again = await here.run(["links", "import", "--json", "--format", "json", "-"], { input: items });
  expect(JSON.parse(again.stdout)).toEqual({ dryRun: false, ok: true, lines: 3, approved: 0, rejected: 0, merged: 0 });
});

test("what can't be done is said on stderr, line by line, with 1; what is not understood, with 2", async () => {
  using here = workplace();
  await artists(here, 2);
  writeFileSync(here.path("bad.csv"), `${HEADER}approve,artist,7,spotify,x,\r\nmerge,artist,1,,,2\r\nmerge,artist,2,,,1\r\n`);
  const lines = ["The merges of artists 1 → 2 → 1 go round. Remove one of them.", "Line 2: There is no artist 7.", "Nothing was changed.", ""];
  expect(await here.run(["links", "import", "bad.csv"])).toEqual({ code: 1, stdout: "", stderr: lines.join("\n") });
  const told = await here.run(["links", "import", "--json", "bad.csv"]);
  expect(told.code).toBe(1);
  expect(JSON.parse(told.stdout)).toMatchObject({ ok: false, count: 2, faults: [{ reason: "merge" }, { line: 2, reason: "unknown_id" }] });
  expect(await here.run(["links", "import", "nothing.csv"])).toEqual({ code: 1, stdout: "", stderr: "There is no file nothing.csv.\n" });
  expect(await here.run(["links", "export", "bad.csv"])).toMatchObject({ code: 1, stderr: "bad.csv is there already. Give another name, or remove it.\n" });
  expect(await here.run(["links", "import"])).toMatchObject({ code: 2 });
  expect(await here.run(["links", "export", "--format", "xml"])).toMatchObject({ code: 2 });
});

/**
 * The program itself needs about 20 MB; the text of the file alone would be as much again. What is young has room of its own, by
 * default as much as all of this: it would hide what is kept, and what of it is moved out at once can burst the rest.
 */
const SMALL_HEAP = "--max-old-space-size=32 --max-semi-space-size=1";

test("50,000 links of 22 MB go in and out in a heap that could not hold them", async () => {
  using here = workplace();
  const count = 50_000;
  await artists(here, count);
  const env = { NODE_OPTIONS: SMALL_HEAP };
  const csv = HEADER + linesFor(count, "x".repeat(400));
  writeFileSync(here.path("in.csv"), csv);
  expect(await here.run(["links", "import", "in.csv"], { env })).toMatchObject({ code: 0, stderr: "" });
  expect(await counted(here, "artist_identities")).toBe(count);
  for (const format of ["csv", "json"]) expect(await here.run(["links", "export", `out.${format}`], { env })).toMatchObject({ code: 0, stderr: "" });
  expect(readFileSync(here.path("out.csv"), "utf8").split("\r\n").sort()).toEqual(csv.split("\r\n").sort());
  const again = await here.run(["links", "import", "--json", "out.json"], { env });
  expect(JSON.parse(again.stdout)).toMatchObject({ ok: true, lines: count, approved: 0 });
}, 120_000);

test("an import that is killed has carried out all of its file, or nothing, and the next one does the rest", async () => {
  using here = workplace();
  const count = 20_000;
  await artists(here, count);
  await killWhileComing(here, linesFor(count));
  expect(await counted(here, "artist_identities"), "the file had not come").toBe(0);
  writeFileSync(here.path("links.csv"), HEADER + linesFor(count));
  for (let kill = 0; kill < 3; kill += 1) {
    await killAtTheEnd(here, count);
    expect([0, count]).toContain(await counted(here, "artist_identities"));
    await change(here, "DELETE FROM artist_identities");
  }
  expect(await here.run(["links", "import", "links.csv"])).toMatchObject({ code: 0 });
  expect(await counted(here, "artist_identities")).toBe(count);
  expect(await rowsOf(here, "SELECT count(*) AS n FROM link_files"), "left by those that were killed, for an hour").toEqual([{ n: 4 }]);
}, 120_000);

/** Kills an import whose file never ends, once lines of it have come. */
async function killWhileComing(here: Workplace, lines: string): Promise<void> {
  execFileSync("mkfifo", [here.path("pipe")]);
  const running = here.start(["links", "import", "pipe"]);
  const pipe = openSync(here.path("pipe"), "r+");
  // More than a pipe holds would wait here for the program.
  const sent = HEADER + lines.slice(0, 60_000);
  writeSync(pipe, sent.slice(0, sent.lastIndexOf("\n") + 1));
  while ((await counted(here, "link_lines")) === 0);
  running.process.kill("SIGKILL");
  expect(await running.ended).toMatchObject({ code: null });
}

/** Kills an import once all lines of its file have come, while it checks and writes. */
async function killAtTheEnd(here: Workplace, count: number): Promise<void> {
  const [last] = await rowsOf(here, "SELECT coalesce(max(id), 0) AS id FROM link_files");
  const running = here.start(["links", "import", "links.csv"]);
  const come = async () => Number((await rowsOf(here, `SELECT count(*) AS n FROM link_lines WHERE file_id > ${String(last!["id"])}`))[0]!["n"]);
  while ((await come()) < count && running.process.exitCode === null);
  running.process.kill("SIGKILL");
  await running.ended;
}
