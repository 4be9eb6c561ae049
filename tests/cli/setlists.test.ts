import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openWriter } from "#db/client.ts";
import { workplace, type Workplace } from "./program.ts";
import { rowsOf } from "./rows.ts";

/** A database with an artist of three songs, a show in 2025, and two shows on one day after it. */
async function shows(here: Workplace): Promise<void> {
  await here.run(["migrate"]);
  const writer = await openWriter(`file:${here.path("data/theset.db")}`);
  await writer.client.executeMultiple(`
    INSERT INTO artists (id, slug, name, search_name) VALUES (1, 'larks', 'The Larks', 'the larks'), (2, 'owl-1', 'Owl', 'owl'), (3, 'owl-2', 'Owl', 'owl');
    INSERT INTO venues (id, slug, name, time_zone) VALUES (1, 'hall', 'Hall', 'Europe/Berlin'), (2, 'club', 'Club', 'Europe/Berlin');
    INSERT INTO songs (artist_id, title, search_title, title_key, likelihood_rank) VALUES (1, 'Dawn', 'dawn', 'dawn', 1), (1, 'Dusk', 'dusk', 'dusk', 2);
    INSERT INTO shows (id, slug, artist_id, venue_id, local_date, status) VALUES
      (1, 'one', 1, 1, '2025-06-01', 'completed'), (2, 'two', 1, 1, '2025-06-02', 'completed'), (3, 'three', 1, 2, '2025-06-02', 'completed'), (4, 'off', 1, 1, '2025-06-03', 'cancelled');
    INSERT INTO predicted_setlists (show_id, closes_at, created_at) SELECT id, 1, 1 FROM shows;`);
  writer.close();
}

const HEADER = "artist,date,venue,set,encore,title,cover_of,guest,tape,segue,medley,note\r\n";
const GOOD = `${HEADER}The Larks,2025-06-01,Hall,,,Dawn,,,,,,\r\nThe Larks,2025-06-01,Hall,,1,Zebra,Others,,,yes,,\r\nThe Larks,2025-06-02,Club,,,Dusk,,,,,,\r\n`;
const played = (here: Workplace) => rowsOf(here, "SELECT a.show_id AS show, a.version, a.status, p.title, p.song_id AS song FROM actual_setlists a JOIN played_songs p ON p.setlist_id = a.id ORDER BY a.show_id, p.position");

test("setlists come in from a file to the right nights and go out again, as CSV and JSON; what matches no song is told", async () => {
  using here = workplace();
  await shows(here);
  writeFileSync(here.path("in.csv"), GOOD);
  const told = 'Line 2: no song of the artist matches "Zebra". ';
  expect(await here.run(["setlists", "import", "--dry-run", "in.csv"])).toEqual({ code: 0, stdout: "It would be: 2 setlists, 3 songs. Nothing was changed.\n", stderr: `${told}They would wait under Titles for a moderator.\n` });
  expect(await played(here)).toEqual([]);
  expect(await here.run(["setlists", "import", "in.csv"])).toEqual({ code: 0, stdout: "2 setlists, 3 songs.\n", stderr: `${told}They wait under Titles for a moderator.\n` });
  const written = await played(here);
  const first = expect.stringMatching(/^1\.[a-z0-9]+$/) as unknown;
  expect(written).toEqual([
    { show: 1, version: first, status: "final", title: "Dawn", song: 1 },
    { show: 1, version: first, status: "final", title: "Zebra", song: null },
    { show: 3, version: first, status: "final", title: "Dusk", song: 2 },
  ]);
  expect(await rowsOf(here, "SELECT title, times FROM unmatched_titles")).toEqual([{ title: "Zebra", times: 1 }]);
  expect(await here.run(["setlists", "export"])).toEqual({ code: 0, stdout: GOOD, stderr: "" });
  expect(await here.run(["setlists", "export", "--artist", "larks", "out.json"])).toMatchObject({ code: 0, stdout: "out.json holds all setlists that were written down here.\n" });
  const again = await here.run(["setlists", "import", "--json", "--format", "json", "-"], { input: readFileSync(here.path("out.json"), "utf8") });
  expect(JSON.parse(again.stdout)).toEqual({ dryRun: false, ok: true, setlists: 2, songs: 3, unmatched: [{ line: 1, titles: ["Zebra"] }] });
  expect(await played(here)).toEqual(written);
  expect(await here.run(["setlists", "export", "--artist", "nobody"])).toMatchObject({ code: 1, stdout: "", stderr: "There is no such artist.\n" });
});

test("a file that is written over tonight's setlist keeps its note, and that it was all", async () => {
  using here = workplace();
  await shows(here);
  const began = Date.now() - 3_600_000;
  const tonight = new Date(began).toISOString().slice(0, 10);
  const writer = await openWriter(`file:${here.path("data/theset.db")}`);
  await writer.client.executeMultiple(`
    INSERT INTO venues (id, slug, name, time_zone) VALUES (3, 'pier', 'Pier', 'UTC');
    INSERT INTO shows (id, slug, artist_id, venue_id, local_date, starts_at, status) VALUES (9, 'tonight', 1, 3, '${tonight}', ${began}, 'ongoing');
    INSERT INTO predicted_setlists (show_id, closes_at, created_at) VALUES (9, ${began}, 1);
    INSERT INTO actual_setlists (id, show_id, version, status, note, stored_at) VALUES (1, 9, '4', 'final', 'Rain all night', 1);
    INSERT INTO actual_sets (setlist_id, number) VALUES (1, 1);
    INSERT INTO played_songs (setlist_id, position, set_number, title, title_key, song_id, tape) VALUES (1, 1, 1, 'Dawn', 'dawn', 1, 0);`);
  writer.close();
  const tell = () => rowsOf(here, "SELECT version, status, note FROM actual_setlists WHERE show_id = 9");
  expect(await here.run(["setlists", "export", "out.csv"])).toMatchObject({ code: 0 });
  expect(await here.run(["setlists", "import", "out.csv"])).toMatchObject({ code: 0 });
  expect(await tell()).toEqual([{ version: "4", status: "final", note: "Rain all night" }]);
  writeFileSync(here.path("more.csv"), `${readFileSync(here.path("out.csv"), "utf8")}The Larks,${tonight},Pier,,,Dusk,,,,,,\r\n`);
  expect(await here.run(["setlists", "import", "more.csv"])).toMatchObject({ code: 0, stdout: "1 setlist, 2 songs.\n" });
  expect(await tell()).toEqual([{ version: expect.stringMatching(/^5\./) as unknown, status: "final", note: "Rain all night" }]);
});

test("a file with anything wrong in it changes nothing, and every fault is told with its line", async () => {
  using here = workplace();
  await shows(here);
  writeFileSync(here.path("wrong.csv"), "artist,date,title,encore\nThe Larks,2025-06-01,Dawn,\nThe Larks,yesterday,Dusk,\nThe Larks,2025-06-01,Dusk,x\n");
  expect(await here.run(["setlists", "import", "wrong.csv"])).toEqual({
    code: 1,
    stdout: "",
    stderr: ['Line 3: "yesterday" is no date. A date looks like 2026-12-31.', 'Line 4: "x" under encore is no whole number from 1 to 60.', "Nothing was changed.", ""].join("\n"),
  });
  const rows = ["The Larks,2025-06-01,,Dawn", "Nobody,2025-06-01,,Dawn", "Owl,2025-06-01,,Hoot", "The Larks,2025-07-01,,Dawn", "The Larks,2025-06-02,,Dawn", "The Larks,2025-06-03,,Dawn", "larks,2025-06-01,,Dawn"];
  writeFileSync(here.path("nights.csv"), `artist,date,venue,title\n${rows.join("\n")}\n`);
  expect((await here.run(["setlists", "import", "nights.csv"])).stderr.split("\n")).toEqual([
    'Line 3: There is no artist "Nobody" here. Import the artist first, or give the name as it is written here.',
    'Line 4: Several artists are called "Owl". Give one of owl-1, owl-2 instead.',
    "Line 5: There is no show of The Larks on 2025-07-01 here. Is the date right? It is the date at the venue.",
    "Line 6: The Larks has several shows on 2025-06-02. Give under venue which one: Hall; Club.",
    "Line 7: The show is marked as cancelled, so it can't have a setlist.",
    "Line 8: It is of the same show as what begins on line 2. Put the two together.",
    "Nothing was changed.",
    "",
  ]);
  expect(await played(here)).toEqual([]);
  expect(await here.run(["setlists", "import", "nothing.csv"])).toEqual({ code: 1, stdout: "", stderr: "There is no file nothing.csv.\n" });
});
