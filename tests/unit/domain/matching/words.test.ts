import { describe, expect, test } from "vitest";
import type { Evidence } from "#server/domain/matching/evidence.ts";
import { explainEvidence, explainIdentity, type Said } from "#server/domain/matching/words.ts";

type Stands = Said["stands"];
const said = (evidence: Evidence, kind: Parameters<typeof explainEvidence>[1] = "artist") => {
  const { stands, text } = explainEvidence(evidence, kind);
  return [stands, text];
};

const name = (way: Extract<Evidence, { kind: "name" }>["way"], a = "A", b = "B"): Evidence => ({ kind: "name", way, a, b, confidence: 0.5 });
const title = (way: Extract<Evidence, { kind: "title" }>["way"], a = "A", b = "B"): Evidence => ({ kind: "title", way, a, b, confidence: 0.5 });

test.each<[Evidence, Stands, string]>([
  [name("same_name", "Paper Lanterns", "Paper Lanterns"), "for", "Same name"],
  [name("same_name", "Paper Lanterns", "PAPER lanterns"), "for", "Same name but for case"],
  [name("same_name", "Bjork", "Björk"), "for", "Same name but for accents: “Bjork”, “Björk”"],
  [name("same_name", "The Vales", "Vales"), "for", "Same name, written in two ways: “The Vales”, “Vales”"],
  [name("sort_name", "Vale, Nora", "Nora Vale"), "for", "One is the sort name of the other: “Vale, Nora”, “Nora Vale”"],
  [name("same_credit"), "for", "The same names, in another order or joined by other words: “A”, “B”"],
  [name("word_order"), "for", "The same words in another order: “A”, “B”"],
  [name("name_in_brackets"), "for", "Same name but for what is in brackets: “A”, “B”"],
  [name("featured"), "for", "One is the other with a guest: “A”, “B”"],
  [name("part_of_credit"), "for", "One is credited among others: “A”, “B”"],
  [name("ensemble"), "for", "One is the other with “Band” or the like: “A”, “B”"],
  [name("person"), "for", "One person’s name, perhaps, written in two ways: “A”, “B”"],
  [name("sound"), "for", "They sound alike: “A”, “B”"],
  [name("initials"), "for", "One may be the initials of the other: “A”, “B”"],
  [name("typing_error"), "for", "The names differ by a letter or two: “A”, “B”"],
  [name("added_words"), "for", "One is the other with words added: “A”, “B”"],
  [name("same_place_words"), "for", "Same name but for words like “Hall”: “A”, “B”"],
  [name("shared_words"), "beside", "The names share words: “A”, “B”"],
  [name("none"), "against", "The names are not alike: “A”, “B”"],
  [{ kind: "one_word", word: "vale" }, "against", "A name of one word, which many may have: “vale”"],
])("of two names: %j is said %s", (evidence, stands, text) => {
  expect(said(evidence)).toEqual([stands, text]);
});

test.each<[Evidence, Stands, string]>([
  [title("same_title", "Panic", "PANIC"), "for", "Same title but for case"],
  [title("other_title"), "for", "One is also known by the other’s title: “A”, “B”"],
  [title("typing_error"), "for", "The titles differ by a letter or two: “A”, “B”"],
  [title("telling_words"), "for", "The words that tell something are the same: “A”, “B”"],
  [title("opening_words"), "for", "One title begins with the other: “A”, “B”"],
  [title("none"), "against", "The titles are not alike: “A”, “B”"],
  [{ kind: "recording", isrc: "GBAAA0000001" }, "for", "One recording of both: ISRC GBAAA0000001"],
  [{ kind: "stated_id", provider: "musicbrainz", id: "w1" }, "for", "Recordings of one work at MusicBrainz: w1"],
  [{ kind: "artist", confidence: 0.6 }, "for", "By the same artist"],
  [{ kind: "artist", confidence: 0 }, "against", "By another artist"],
  [{ kind: "duration", secondsApart: 4 }, "for", "Equally long"],
  [{ kind: "duration", secondsApart: 45 }, "beside", "Lengths differ by 45 s"],
  [{ kind: "duration", secondsApart: 135 }, "against", "Lengths differ by 2 min 15 s"],
])("of two songs: %j is said %s", (evidence, stands, text) => {
  expect(said(evidence, "song")).toEqual([stands, text]);
});

test.each<[Evidence, Stands, string]>([
  [{ kind: "stated_id", provider: "ticketmaster", id: "K8v" }, "for", "Both are known by one Ticketmaster id: K8v"],
  [{ kind: "other_id", provider: "musicbrainz", a: "m1", b: "m2" }, "against", "MusicBrainz keeps them apart: m1, m2"],
  [{ kind: "other_id", provider: "spotify", a: "s1", b: "s2" }, "against", "Two ids at Spotify, which has many duplicates: s1, s2"],
  [{ kind: "country", a: "gb", b: "GB", same: true }, "for", "Same country: GB"],
  [{ kind: "country", a: "US", b: "GB", same: false }, "against", "Other country: US, GB"],
  [{ kind: "city", a: "Leeds", b: "leeds", same: true }, "for", "Same town: Leeds"],
  [{ kind: "city", a: "Leeds", b: "York", same: false }, "against", "Other town: Leeds, York"],
  [{ kind: "genres", shared: ["indie", "rock"], a: 2, b: 3 }, "for", "Genres in common: indie, rock"],
  [{ kind: "genres", shared: [], a: 2, b: 3 }, "against", "No genre in common"],
  [{ kind: "songs", shared: 12, a: 40, b: 14 }, "for", "12 of 14 songs in common"],
  [{ kind: "songs", shared: 2, a: 40, b: 14 }, "beside", "Only 2 of 14 songs in common"],
  [{ kind: "songs", shared: 5, a: 40, b: 60 }, "beside", "Only 5 of 40 songs in common"],
  [{ kind: "songs", shared: 0, a: 40, b: 14 }, "against", "No song in common, of 40 and 14"],
  [{ kind: "distance", km: 0.004 }, "for", "In the same place"],
  [{ kind: "distance", km: 0.062 }, "for", "60 m apart"],
  [{ kind: "distance", km: 3.44 }, "beside", "3.4 km apart"],
  [{ kind: "distance", km: 412.3 }, "against", "412 km apart"],
  [{ kind: "rivals", count: 1 }, "against", "Another one fits as well"],
  [{ kind: "rivals", count: 3 }, "against", "3 others fit as well"],
])("of two records: %j is said %s", (evidence, stands, text) => {
  expect(said(evidence)).toEqual([stands, text]);
});

test.each<[Evidence, Stands, string]>([
  [{ kind: "artist", confidence: 0.97 }, "for", "Same artist"],
  [{ kind: "artist", confidence: 0.8 }, "beside", "Perhaps the same artist, 80 %"],
  [{ kind: "venue", confidence: 0.99 }, "for", "Same venue"],
  [{ kind: "venue", confidence: 0.3 }, "against", "Another venue"],
  [{ kind: "date", a: "2026-06-14", b: "2026-06-14", same: true }, "for", "Same date: 2026-06-14"],
  [{ kind: "date", a: "2026-06-14", b: "2026-06-15", same: false }, "against", "Other date: 2026-06-14, 2026-06-15"],
  [{ kind: "date", a: null, b: "2026-06-15", same: false }, "beside", "One of the two has no date yet"],
  [{ kind: "start", minutesApart: 0 }, "for", "Same start"],
  [{ kind: "start", minutesApart: 90 }, "for", "Start 1 h 30 min apart, as doors and stage may be"],
  [{ kind: "start", minutesApart: 300 }, "against", "Start 5 h apart, like a matinee and an evening"],
])("of two shows: %j is said %s", (evidence, stands, text) => {
  expect(said(evidence, "show")).toEqual([stands, text]);
});

describe("why an id is believed", () => {
  test.each<[Record<string, unknown>, string[]]>([
    [{ own: true }, ["Its own record was read"]],
    [{ statedBy: "musicbrainz" }, ["MusicBrainz states it"]],
    [{ now: "m2" }, ["It leads to m2 there now"]],
    [{ approvedBy: 4 }, ["Linked by hand"]],
    [{ rejectedBy: null }, ["Rejected by hand"]],
    [{ list: [{ kind: "city", a: "Leeds", b: "Leeds", same: true }] }, ["Same town: Leeds"]],
    [{ something: "else" }, []],
  ])("%j", (evidence, texts) => {
    expect(explainIdentity(evidence, "venue").map(({ text }) => text)).toEqual(texts);
  });
});
