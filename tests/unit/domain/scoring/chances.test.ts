import { expect, test } from "vitest";
import { forecast, learnAll } from "#server/domain/forecast/forecast.ts";
import { chanceIn, chancesFromForecast, chancesFromShows } from "#server/domain/scoring/chances.ts";
import { setting, show, smallTrees } from "../forecast/stage.ts";
import { chance } from "./stage.ts";

const songs = (...ids: number[]) => ids.map((songId) => ({ songId, encore: false }));

test("without a forecast and without a show all songs of the ballot are alike", () => {
  const chances = chancesFromShows(Array.from({ length: 40 }, (_, i) => i), []);
  expect(chances).toHaveLength(40);
  for (const { played } of chances) expect(played).toBeCloseTo(16 / 40);
});

test("a ballot shorter than a usual show makes nothing surer than sure", () => {
  for (const { played, roles } of chancesFromShows([1, 2], [])) {
    expect(played).toBe(1);
    expect(roles.opener).toBeCloseTo(1 / 16);
  }
});

test("without a forecast the recent shows tell, and nothing is certain", () => {
  const recent = [songs(1, 2), songs(1, 3), songs(1, 2), [], songs(1, 4)];
  const [always, half, never] = chancesFromShows([1, 2, 9, 10], recent);
  expect(always!.played).toBeCloseTo((4 + 2 * 0.5) / 6);
  expect(half!.played).toBeCloseTo((2 + 2 * 0.5) / 6);
  expect(never!.played).toBeCloseTo((2 * 0.5) / 6);
  expect(always!.roles.opener).toBeCloseTo((4 + 2 * 0.5) / 6);
  expect(always!.roles.closer).toBeCloseTo((2 * 0.5) / 6);
});

test("a song that opens and comes back at the end is an opener, as the forecast has it", () => {
  const [reprised] = chancesFromShows([1], [songs(1, 2, 1), songs(1, 3, 1)]);
  expect(reprised!.roles.opener).toBeGreaterThan(0.7);
  expect(reprised!.roles.closer).toBeLessThan(0.3);
  expect(reprised!.played).toBeCloseTo((2 + 2 * 1) / 4);
});

test("a habit of hundreds of shows is no surer than one of twelve", () => {
  const [dozen] = chancesFromShows([1], Array.from({ length: 12 }, () => songs(1, 2)));
  const [hundreds] = chancesFromShows([1], Array.from({ length: 300 }, () => songs(1, 2)));
  expect(hundreds!.roles).toEqual(dozen!.roles);
  expect(dozen!.roles.opener).toBeCloseTo((12 + 2 * 0.5) / 14);
});

test("chances keep what the forecast said, and the habits of its history", () => {
  const shows = Array.from({ length: 12 }, (_, i) => show(i, [1, 2, 3, 4]));
  const forecaster = learnAll(shows, smallTrees());
  const said = forecast(forecaster, setting(13), smallTrees(), [9]);
  const chances = chancesFromForecast(said.songs, forecaster.history);
  expect(chances.map(({ songId, played }) => [songId, played])).toEqual(said.songs.map(({ songId, probability }) => [songId, probability]));
  const roles = new Map(chances.map((each) => [each.songId, each.roles]));
  expect(roles.get(1)!.opener).toBeGreaterThan(0.8);
  expect(roles.get(4)!.closer).toBeGreaterThan(0.8);
  expect(roles.get(2)!.opener).toBeLessThan(0.1);
  expect(roles.get(9)).toEqual({ opener: 1 / 4, closer: 1 / 4, encore: 2 / 4 });
});

test("a song that nobody named is as unlikely as the least likely that was", () => {
  const of = chanceIn([chance(1, 0.9), chance(2, 0.3)]);
  expect(of(1).played).toBe(0.9);
  expect(of(7).played).toBe(0.3);
});
