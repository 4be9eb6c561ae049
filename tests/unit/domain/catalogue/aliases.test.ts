import { expect, test } from "vitest";
import { aliasKeys, lookUpKeys } from "#server/domain/catalogue/aliases.ts";
import { readTitle } from "#server/domain/catalogue/titles.ts";

test.each([
  ["(I Can't Get No) Satisfaction", "Satisfaction"],
  ["Don't You (Forget About Me)", "Don't You"],
  ["Don't You (Forget About Me) - Live", "don’t you"],
  ["Don't You (Forget About Me)", "Forget About Me"],
  ["Robin the Hunter (The Mighty Robin)", "The Mighty Robin (Robin the Hunter)"],
  ["夜の歌 (Yorunouta)", "Yorunouta"],
  ["Hill Song / Valley Song", "Valley Song"],
  ["Hill Song/Valley Song", "Hill Song"],
  ["Undone – The Sweater Song", "The Sweater Song"],
  ["2112 Part II: The Temples", "The Temples"],
  ["Sea of Stars Part 1", "Sea of Stars"],
  ["A Lantern", "Lantern"],
])("%s is found as %s", (title, played) => {
  const keys = new Set([readTitle(title).key, ...aliasKeys(title)]);
  expect(lookUpKeys(played).some((key) => keys.has(key))).toBe(true);
});

test.each([
  ["Suburb (Continued)", "Suburb"],
  ["Lantern (Reprise)", "Lantern"],
  ["Lantern (Part 2)", "Lantern"],
  ["Sea of Stars Part 2", "Sea of Stars"],
  ["Happy Days (Mike)", "Mike"],
  ["Cha - Cha", "No"],
])("%s is not found as %s", (title, played) => {
  expect(aliasKeys(title)).not.toContain(readTitle(played).key);
});

test("what somebody wrote down with a subtitle finds the song without one, its own key first", () => {
  expect(lookUpKeys("Rosie (Come Out Tonight)")).toEqual([
    "rosiecomeouttonight",
    "comeouttonight",
    "comeouttonightrosie",
    "rosie",
  ]);
});
