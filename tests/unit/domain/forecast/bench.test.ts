import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { baselines, f1 } from "#tests/bench/forecast/baselines.ts";
import { brier, calibrationError, groupOf, noCalibration, note, together } from "#tests/bench/forecast/measures.ts";
import { readShows, showFiles } from "#tests/bench/forecast/read.ts";
import { report } from "#tests/bench/forecast/report.ts";
import { walk } from "#tests/bench/forecast/walk.ts";
import { foldsOf } from "../../../../scripts/train-forecast/folds.ts";
import { show, smallTrees } from "./stage.ts";

const set = (...ids: number[]) => new Set(ids);

describe("figures worked out by hand", () => {
  test.each<[string, number[], ReadonlySet<number>, number]>([
    ["all right", [1, 2], set(1, 2), 1],
    ["none right", [1, 2], set(3), 0],
    ["one of two for four", [1, 9], set(1, 2, 3, 4), 1 / 3],
    ["nothing said", [], set(1), 0],
  ])("F1: %s", (_, expected, played, figure) => {
    expect(f1(expected, played)).toBeCloseTo(figure, 12);
  });

  test("Brier score and calibration error", () => {
    const calibration = noCalibration();
    note(calibration, 0.9, true);
    note(calibration, 0.92, false);
    note(calibration, 0.1, false);
    note(calibration, 1, true);
    expect(brier(calibration)).toBeCloseTo((0.01 + 0.8464 + 0.01 + 0) / 4, 12);
    expect(calibrationError(calibration)).toBeCloseTo((Math.abs(2.82 - 2) + 0.1) / 4, 12);
    expect(calibrationError(calibration, 5)).toBeCloseTo(0.82 / 3, 12);
    expect(together([calibration, calibration])).toMatchObject({ pairs: 8, squares: calibration.squares * 2 });
  });

  test("groups by the likeness of neighbours", () => {
    expect([0.1, 0.3, 0.6, 0.65].map(groupOf)).toEqual(["rotating", "middle", "middle", "fixed"]);
  });
});

describe("the baselines after four shows", () => {
  const expected = (name: string, shows: number[][]) => {
    const all = baselines();
    for (const played of shows) for (const one of all) one.add(new Set(played), 2);
    return all.find((one) => one.name === name)!.expect(2).toSorted((a, b) => a - b);
  };
  const shows = [[1, 2], [1, 2], [1, 3], [4, 5]];

  test.each([
    ["last 10", [1, 2]],
    ["last 50", [1, 2]],
    ["previous", [4, 5]],
  ])("%s", (name, songs) => {
    expect(expected(name, shows)).toEqual(songs);
  });

  test("ten shows are ten, and the eleventh is forgotten", () => {
    const old = [[1, 2], [1, 2], ...Array.from({ length: 10 }, (_, i) => [3, 10 + i])];
    expect(expected("last 10", old)).toEqual([3, 19]);
  });

  test("recency takes a short half-life where lists change for good", () => {
    const changing = Array.from({ length: 20 }, (_, i) => [10 * Math.floor(i / 4), 10 * Math.floor(i / 4) + 1]);
    expect(expected("recency", [...changing, [90, 91]])).toEqual([90, 91]);
  });

  test("hazard does not expect last night's songs of a band that never repeats one", () => {
    const turns = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? [1, 2] : [3, 4]));
    expect(expected("hazard", turns)).toEqual([1, 2]);
  });
});

describe("the walk", () => {
  test("measures from the eleventh show on, and each method by the same shows", () => {
    const shows = [...Array.from({ length: 11 }, (_, day) => show(day, [1, 2])), show(11, [3, 4])];
    const figures = walk({ name: "made up", shows }, smallTrees())!;
    expect(figures).toMatchObject({ shows: 12, measured: 2, group: "middle" });
    expect(Object.values(figures.f1)).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
    expect(figures.calibration.pairs).toBe(4);
  });

  test("has no figures for ten shows", () => {
    expect(walk({ name: "made up", shows: Array.from({ length: 10 }, (_, day) => show(day, [1])) }, smallTrees())).toBeNull();
  });

  test("is reported by artist, by group and over all", () => {
    const fixed = walk({ name: "always the same", shows: Array.from({ length: 12 }, (_, day) => show(day, [1, 2])) }, smallTrees())!;
    const new_ = walk({ name: "always new", shows: Array.from({ length: 12 }, (_, day) => show(day, [day])) }, smallTrees())!;
    const text = report([fixed, new_], "a small tree", { songs: 2, shows: 12, median: 1, slowest: 2, learning: 3 });
    expect(text).toContain("| always the same | fixed | 2 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 |");
    expect(text).toContain("| rotating (1) | rotating | 2 | .000 |");
    expect(text).toContain("| all (2) |  | 4 | .500 | .500 | .500 | .500 | .500 | .500 |");
  });
});

test("files are read without tapes, nameless songs and shows without songs", () => {
  const folder = mkdtempSync(join(tmpdir(), "forecast-"));
  const lines = [
    { date: "2020-01-01", venue: "Summer Festival", songs: [{ name: "Intro", tape: true }, { name: "One ", set: "1" }, { name: "two", set: "E2" }, { name: "" }] },
    { date: "2020-01-02", songs: [{ name: "Intro", tape: true }] },
    { date: "2020-01-03", songs: [{ name: "Two" }] },
  ];
  writeFileSync(join(folder, "some-band.jsonl.gz"), gzipSync(lines.map((line) => JSON.stringify(line)).join("\n") + "\n"));
  writeFileSync(join(folder, "notes.txt"), "no shows");
  const [first, ...others] = showFiles(folder).map(readShows);
  rmSync(folder, { recursive: true });
  expect(others).toEqual([]);
  expect(first).toEqual({
    name: "some-band",
    shows: [
      { date: "2020-01-01", venue: "Summer Festival", city: null, tour: null, festival: true, songs: [{ songId: 1, encore: false }, { songId: 2, encore: true }] },
      { date: "2020-01-03", venue: null, city: null, tour: null, festival: false, songs: [{ songId: 2, encore: false }] },
    ],
  });
});

test("two files of one artist are never on both sides of a fold", () => {
  const folds = foldsOf(["band", "band-2015-2026", "bandits", "other", "third"]);
  expect(folds.get("band-2015-2026")).toBe(folds.get("band"));
  expect(new Set(["band", "bandits", "other", "third"].map((name) => folds.get(name))).size).toBe(4);
});
