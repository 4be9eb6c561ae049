import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forecast, learn, learnAll, newForecaster, TAUGHT_BY } from "#server/domain/forecast/forecast.ts";
import type { PastShow } from "#server/domain/forecast/setting.ts";
import { addShow } from "#server/domain/forecast/add-show.ts";
import { load, save } from "#server/domain/forecast/saved.ts";
import { shippedTrees } from "#server/domain/forecast/shipped.ts";
import { madeUpShows } from "#tests/bench/forecast/speed.ts";
import { histories, setting, show } from "./stage.ts";

const trees = shippedTrees();
const next = setting(2_000, { venue: "Hall", city: "Hall" });

function learnt(shows: readonly PastShow[]) {
  const forecaster = newForecaster();
  for (const one of shows) learn(forecaster, one, trees);
  return forecaster;
}

const foretold = (shows: readonly PastShow[], catalogue: number[] = [], at = next) => forecast(learnt(shows), at, trees, catalogue);
const chances = (shows: readonly PastShow[], catalogue: number[] = [], at = next) => {
  return new Map(foretold(shows, catalogue, at).songs.map(({ songId, probability }) => [songId, probability]));
};

describe("a forecast of any history", () => {
  test("gives each song that was ever played one probability, likeliest first", () => {
    fc.assert(fc.property(histories, (shows) => {
      const { songs } = foretold(shows);
      const played = new Set(shows.flatMap((one) => one.songs.map(({ songId }) => songId)));
      expect(new Set(songs.map(({ songId }) => songId))).toEqual(played);
      expect(songs).toHaveLength(played.size);
      expect(songs.every(({ probability }) => probability >= 0 && probability <= 1)).toBe(true);
      expect(songs.map(({ probability }) => probability)).toEqual(songs.map(({ probability }) => probability).toSorted((a, b) => b - a));
    }));
  });

  test("does not know what comes after it", () => {
    fc.assert(fc.property(histories, histories, (shows, future) => {
      const forecaster = newForecaster();
      const before = shows.map((one) => {
        const said = forecast(forecaster, one, trees);
        learn(forecaster, one, trees);
        return said;
      });
      const other = newForecaster();
      const changed = [...shows.slice(0, Math.ceil(shows.length / 2)), ...future];
      changed.slice(0, Math.ceil(shows.length / 2)).forEach((one, i) => {
        expect(forecast(other, one, trees)).toEqual(before[i]);
        learn(other, one, trees);
      });
    }), { numRuns: 40 });
  });

  test("does not depend on what was played at the show itself", () => {
    fc.assert(fc.property(histories, histories, (shows, [other]) => {
      if (other === undefined) return;
      const forecaster = learnt(shows);
      const bare = { ...other, date: next.date };
      expect(forecast(forecaster, { ...bare, songs: [] } as PastShow, trees)).toEqual(forecast(forecaster, bare, trees));
    }));
  });

  test("is the same whatever numbers the songs have", () => {
    fc.assert(fc.property(histories, (shows) => {
      const renamed = shows.map((one) => ({ ...one, songs: one.songs.map((song) => ({ ...song, songId: 1_000 - song.songId })) }));
      const said = foretold(shows);
      const saidRenamed = foretold(renamed);
      expect(saidRenamed.songs.map((song) => ({ ...song, songId: 1_000 - song.songId }))).toEqual(said.songs);
      expect(saidRenamed.setlist.map((song) => ({ ...song, songId: 1_000 - song.songId }))).toEqual(said.setlist);
    }));
  });

  test("is the same when it was put away and taken up again on the way", () => {
    fc.assert(fc.property(histories, fc.nat(30), (shows, at) => {
      const early = learnt(shows.slice(0, at));
      const again = load(save(early))!;
      for (const one of shows.slice(at)) learn(again, one, trees);
      expect(forecast(again, next, trees)).toEqual(foretold(shows));
    }));
  });

  test("is what learning from the show says that it had expected", () => {
    fc.assert(fc.property(histories, (shows) => {
      const forecaster = newForecaster();
      for (const one of shows) {
        const { songs } = forecast(forecaster, one, trees);
        const expected = learn(forecaster, one, trees);
        if (one.songs.length > 0) expect(expected).toEqual(songs.map(({ songId, probability }) => ({ songId, probability })));
      }
    }));
  });

  test("is the same when all shows are learnt at once", () => {
    fc.assert(fc.property(histories, (shows) => {
      expect(forecast(learnAll(shows, trees), next, trees)).toEqual(foretold(shows));
    }));
  });

  test("changes nothing of what is known", () => {
    fc.assert(fc.property(histories, (shows) => {
      const forecaster = learnt(shows);
      const before = save(forecaster);
      forecast(forecaster, next, trees, [77, 78]);
      expect(save(forecaster)).toEqual(before);
    }));
  });
});

describe("an artist with little history", () => {
  test("with no show known, all songs of the catalogue are alike and 16 are expected", () => {
    const { songs, length, setlist, shows } = foretold([], [1, 2, 3, ...Array.from({ length: 61 }, (_, i) => i + 4)]);
    expect(new Set(songs.map(({ probability }) => probability))).toEqual(new Set([0.25]));
    expect({ length, setlist, shows }).toEqual({ length: 16, setlist: [], shows: 0 });
  });

  test("with no show and few songs, none is surer than even", () => {
    expect([...chances([], [1, 2]).values()]).toEqual([0.5, 0.5]);
  });

  test("the one song that was left out at eight shows is not thought to come at the next", () => {
    const shows = Array.from({ length: 8 }, (_, i) => show(i, [1, 2, 3]));
    expect(chances(shows, [1, 2, 3, 4]).get(4)).toBeLessThanOrEqual(0.1);
  });

  test("after one show its songs lead", () => {
    const said = foretold([show(0, [5, 6, 7])], [5, 6, 7, ...Array.from({ length: 90 }, (_, i) => i + 100)]);
    expect(said.songs.slice(0, 3).map(({ songId }) => songId).toSorted()).toEqual([5, 6, 7]);
    expect(said.length).toBe(3);
    expect(said.setlist.map(({ songId }) => songId)).toEqual([5, 6, 7]);
    expect(said.songs[0]!.probability).toBeGreaterThan(said.songs[3]!.probability);
  });

  test("shows without songs teach nothing", () => {
    expect(foretold([show(0, [1, 2]), show(1, []), show(2, [])])).toEqual(foretold([show(0, [1, 2])]));
  });
});

describe("what a fan would expect", () => {
  const steady = Array.from({ length: 40 }, (_, day) => show(day, [1, 2, 3, 4, 5, 6, 7, 8]));

  test("what is always played is played again, in its order", () => {
    const said = foretold(steady, [], setting(41));
    expect(said.setlist.map(({ songId }) => songId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(Math.min(...said.songs.map(({ probability }) => probability))).toBeGreaterThan(0.8);
  });

  test("what was dropped long ago is not expected", () => {
    const dropped = [...Array.from({ length: 20 }, (_, day) => show(day, [1, 2, 9])), ...Array.from({ length: 30 }, (_, i) => show(20 + i, [1, 2, 3]))];
    const said = chances(dropped, [], setting(51));
    expect(said.get(9)!).toBeLessThan(0.1);
    expect(said.get(3)!).toBeGreaterThan(0.7);
  });

  test("a band that never repeats a night plays the other list", () => {
    const turns = Array.from({ length: 60 }, (_, day) => show(day, day % 2 === 0 ? [1, 2, 3, 4, 5] : [6, 7, 8, 9, 10]));
    const said = forecast(learnt(turns), setting(60), trees);
    expect(said.setlist.map(({ songId }) => songId).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
  });
});

test("of a long past the oldest shows add to the history alone, and the forecast differs little", () => {
  const shows = madeUpShows(TAUGHT_BY + 180, 40);
  const [all, lately] = [learnt(shows), learnAll(shows, trees)];
  expect(lately.history).toEqual(all.history);
  const differences = forecast(lately, next, trees).songs.map(({ songId, probability }) => {
    return Math.abs(probability - forecast(all, next, trees).songs.find((song) => song.songId === songId)!.probability);
  });
  expect(Math.max(...differences)).toBeLessThan(0.15);
});

test("what is remembered does not grow with the shows", () => {
  const forecaster = newForecaster();
  const sizes = madeUpShows(900, 200).map((one, at) => {
    addShow(forecaster.history, one);
    return at % 400 === 399 ? save(forecaster).text.length : 0;
  });
  expect(sizes[799]).toBeLessThan(1.2 * sizes[399]!);
});

test("3,000 shows with 500 songs are learnt one by one, and foretold", { timeout: 60_000 }, () => {
  const forecaster = newForecaster();
  for (const one of madeUpShows(3_000, 500)) addShow(forecaster.history, one);
  expect(forecast(forecaster, next, trees).songs).toHaveLength(500);
});
