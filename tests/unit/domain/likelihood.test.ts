import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ballotAdditions, BALLOT_SONGS, MOST_BALLOT_SONGS, rankSongs, type RankedSong } from "#server/domain/likelihood.ts";

const song = (id: number, told: Partial<RankedSong> = {}): RankedSong => ({ id, title: `Song ${id}`, releasedOn: null, ballotWorthy: true, ...told });
const order = (songs: RankedSong[], setlists: number[][] = []) => rankSongs(songs, setlists).map(({ id }) => id);

describe("songs by how likely they are", () => {
  test.each<[string, RankedSong[], number[][], number[]]>([
    ["played before not played", [song(1), song(2)], [[2]], [2, 1]],
    ["played often before played once", [song(1), song(2)], [[1, 2], [2]], [2, 1]],
    ["played lately before played long ago", [song(1), song(2)], [[2], ...Array.from({ length: 20 }, () => []), [1]], [2, 1]],
    ["twice in one night counts once", [song(1), song(2)], [[1], [2, 2, 2]], [1, 2]],
    ["new before old, and unknown last", [song(1), song(2, { releasedOn: "1999" }), song(3, { releasedOn: "2020-01" })], [], [3, 2, 1]],
    ["by title where nothing else tells", [song(1, { title: "b" }), song(2, { title: "a" })], [], [2, 1]],
    ["what is not voted for last, though it is played", [song(1, { ballotWorthy: false }), song(2)], [[1]], [2, 1]],
  ])("%s", (_, songs, setlists, ids) => {
    expect(order(songs, setlists)).toEqual(ids);
  });

  test("have each a rank of their own, whatever order they come in", () => {
    const songs = fc.uniqueArray(fc.record({ id: fc.nat(50), title: fc.constantFrom("a", "b"), releasedOn: fc.option(fc.constantFrom("1999", "2020-01-01")), ballotWorthy: fc.boolean() }), { selector: ({ id }) => id });
    fc.assert(
      fc.property(songs, fc.array(fc.array(fc.nat(60))), (list, setlists) => {
        const ranks = rankSongs(list, setlists);
        expect(ranks.map(({ rank }) => rank)).toEqual(list.map((_, i) => i + 1));
        expect(rankSongs(list.toReversed(), setlists)).toEqual(ranks);
      }),
    );
  });
});

describe("songs that come to a ballot", () => {
  const ids = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

  test.each<[string, number[], number[], number[]]>([
    ["an empty one is filled with the likeliest", ids(0, 100), [], ids(0, BALLOT_SONGS)],
    ["one that is not full is filled up", ids(0, 100), ids(0, 35), ids(35, 5)],
    ["a full one gets what is among the likeliest fifteen", ids(0, 100), ids(10, 40), ids(0, 10)],
    ["the likeliest are there: nothing comes", ids(0, 100), ids(0, 40), []],
    ["up to the cap", ids(0, 100), ids(20, 55), ids(0, 5)],
    ["beyond the cap nothing comes", ids(0, 100), ids(20, 70), []],
    ["of a small catalogue all come", ids(0, 3), [], ids(0, 3)],
  ])("%s", (_, ranked, there, added) => {
    expect(ballotAdditions(ranked, new Set(there))).toEqual(added);
  });

  test("come once, however often ranks change, and never beyond the cap", () => {
    const ranking = fc.shuffledSubarray(ids(0, 120), { minLength: 0 });
    fc.assert(
      fc.property(fc.array(ranking, { maxLength: 12 }), (rankings) => {
        const there = new Set<number>();
        for (const ranked of rankings) {
          const added = ballotAdditions(ranked, there);
          for (const id of added) {
            expect(there.has(id)).toBe(false);
            there.add(id);
          }
          expect(ballotAdditions(ranked, there)).toEqual([]);
          expect(there.size).toBeLessThanOrEqual(MOST_BALLOT_SONGS);
        }
      }),
    );
  });
});
