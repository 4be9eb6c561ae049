import { expect, test } from "vitest";
import { broughtBack } from "#server/domain/matching/merge-words.ts";

test("says what comes back, what matters most first, and nothing of what only the program knows", () => {
  const rows = [
    { tableName: "artist_identities", what: "moved", n: 2 },
    { tableName: "shows", what: "moved", n: 1 },
    { tableName: "votes", what: "moved", n: 30 },
    { tableName: "votes", what: "dropped", n: 4 },
    { tableName: "songs", what: "added", n: 9 },
    { tableName: "match_keys", what: "moved", n: 5 },
  ];
  expect(broughtBack(rows)).toEqual(["1 show", "34 votes", "2 ids at providers"]);
});
