import { expect, test } from "vitest";
import { forecast, learn, newForecaster } from "#server/domain/forecast/forecast.ts";
import { inWords } from "#server/domain/forecast/reasons.ts";
import type { PastShow, ShowSetting } from "#server/domain/forecast/setting.ts";
import { setting, show, smallTrees } from "./stage.ts";

function words(shows: readonly PastShow[], next: ShowSetting, catalogue: number[] = []) {
  const forecaster = newForecaster();
  for (const one of shows) learn(forecaster, one, smallTrees());
  const { songs } = forecast(forecaster, next, smallTrees(), catalogue);
  return Object.fromEntries(songs.map(({ songId, reasons }) => [songId, inWords(reasons)]));
}

const days = (count: number, songs: (day: number) => number[], from = 0) => Array.from({ length: count }, (_, i) => show(from + i, songs(from + i)));

test("songs say how often they came lately and what their place is", () => {
  const said = words(days(12, (day) => (day === 5 ? [1, 3] : [1, 2, 3])), setting(12));
  expect(said).toEqual({
    1: "played at 10 of the last 10; usually opens",
    2: "played at 9 of the last 10",
    3: "played at 10 of the last 10; usually closes",
  });
});

test("a song that was away says for how long, and how long it was away at most", () => {
  const shows = [...days(1, () => [1, 2]), ...days(15, () => [1], 1), ...days(1, () => [1, 2], 16), ...days(12, () => [1], 17)];
  expect(words(shows, setting(29))[2]).toBe("usually closes; not played for 12 shows, its longest gap is 15");
});

test("a song that was away for the first time says nothing of gaps", () => {
  const shows = [...days(3, () => [1, 2, 3]), ...days(2, () => [1, 3], 3)];
  expect(words(shows, setting(5))[2]).toBe("played at 3 of the last 5; not played for 2 shows");
});

test("a song says that it is new", () => {
  const shows = [...days(25, () => [1, 2]), ...days(3, () => [1, 9, 2], 25)];
  expect(words(shows, setting(28))[9]).toBe("played at 3 of the last 10; new: first played 3 shows ago");
});

test("the second night of a run says what the first one had", () => {
  const hall = { venue: "Hall", city: "Town" };
  const shows = [...days(3, () => [1, 2, 3]), show(3, [4, 5, 6], hall)];
  const said = words(shows, setting(4, hall));
  expect(said[5]).toBe("played at 1 of the last 4; already played in this run of nights");
  expect(said[2]).toBe("played at 3 of the last 4");
});

test("a return to a place says what was played there", () => {
  const hall = { venue: "Hall", city: "Town" };
  const shows = [show(0, [1, 2, 3], hall), ...days(3, () => [4, 5, 6], 1)];
  expect(words(shows, setting(40, hall))[2]).toBe("played at 1 of the last 4; not played for 3 shows; played at the last visit");
});

test("a song of the catalogue that nobody has heard says so", () => {
  expect(words([show(0, [1])], setting(1), [1, 8])).toEqual({
    1: "played at the last show; usually opens; usually closes",
    8: "no show with it is known",
  });
});

test("encores come last in the expected list, in their own order", () => {
  const forecaster = newForecaster();
  const songs = [3, 4, 1, 2].map((songId) => ({ songId, encore: songId < 3 }));
  for (let day = 0; day < 12; day += 1) learn(forecaster, { ...setting(day), songs }, smallTrees());
  expect(forecast(forecaster, setting(12), smallTrees()).setlist).toEqual([
    { songId: 3, encore: false }, { songId: 4, encore: false }, { songId: 1, encore: true }, { songId: 2, encore: true },
  ]);
});
