import { describe, expect, test } from "vitest";
import { titleKey } from "#server/domain/catalogue/title-key.ts";
import { readTitle } from "#server/domain/catalogue/titles.ts";

describe("a recording's title shows the song's, and says what it is", () => {
  test.each([
    ["Paper Lantern - Live", "Paper Lantern", "live"],
    ["Paper Lantern (Live at Wembley)", "Paper Lantern", "live"],
    ["Paper Lantern - BBC Live - Night Ride 17/11/69", "Paper Lantern", "live"],
    ["Paper Lantern (Paris, 1999, live)", "Paper Lantern", "live"],
    ["Corazón de Papel (En Vivo)", "Corazón de Papel", "live"],
    ["Canção - Ao Vivo", "Canção", "live"],
    ["Chanson (en direct)", "Chanson", "live"],
    ["紙の灯（ライブ）", "紙の灯", "live"],
    ["紙の灯 -acoustic ver.-", "紙の灯", "acoustic"],
    ["Kaminari～Live ver.～", "Kaminari", "live"],
    ["Chanson (live à Paris)", "Chanson", "live"],
    ["종이 등 (라이브)", "종이 등", "live"],
    ["Paper Lantern (MTV Unplugged)", "Paper Lantern", "live"],
    ["Paper Lantern - 2011 Remaster", "Paper Lantern", "remaster"],
    ["Paper Lantern - Remastered 2011", "Paper Lantern", "remaster"],
    ["Paper Lantern [2004 Remaster]", "Paper Lantern", "remaster"],
    ["Paper Lantern (Ζωντανά)", "Paper Lantern", "live"],
    ["Paper Lantern (Original Mix)", "Paper Lantern", "original"],
    ["Paper Lantern (12\" mix)", "Paper Lantern", "edit"],
    ["Paper Lantern - From \"The Film\"", "Paper Lantern", "original"],
    ["Paper Lantern (original version stereo mix)", "Paper Lantern", "remaster"],
    ["Paper Lantern (mono)", "Paper Lantern", "remaster"],
    ["Paper Lantern (Radio Edit)", "Paper Lantern", "edit"],
    ["Paper Lantern - Single Version", "Paper Lantern", "original"],
    ["Paper Lantern (Deluxe Edition)", "Paper Lantern", "original"],
    ["Paper Lantern [Explicit]", "Paper Lantern", "original"],
    ["Paper Lantern (feat. Ann Other)", "Paper Lantern", "original"],
    ["Paper Lantern feat. Ann Other", "Paper Lantern", "original"],
    ["Paper Lantern (with Ann Other)", "Paper Lantern", "original"],
    ["Paper Lantern (Ann's Version)", "Paper Lantern", "alternate"],
    ["Paper Lantern (Vocals Only)", "Paper Lantern", "alternate"],
    ["Paper Lantern (Versión en Español)", "Paper Lantern", "alternate"],
    ["Paper Lantern - Quad: Final Mix", "Paper Lantern", "remaster"],
    ["Paper Lantern (acoustic duet)", "Paper Lantern", "acoustic"],
    ["Paper Lantern (Piano Version)", "Paper Lantern", "acoustic"],
    ["Paper Lantern - Home Demo Take 2", "Paper Lantern", "demo"],
    ["Paper Lantern (early take)", "Paper Lantern", "demo"],
    ["Paper Lantern (instrumental)", "Paper Lantern", "instrumental"],
    ["Paper Lantern [Karaoke]", "Paper Lantern", "instrumental"],
    ["Paper Lantern (feat. Ann Other) [Somebody Remix] [Radio Edit]", "Paper Lantern", "remix"],
    ["Paper Lantern - Hello Again Mix by Somebody for the Club", "Paper Lantern", "remix"],
    ["Paper Lantern - Part 2, Take 10", "Paper Lantern - Part 2", "demo"],
    ["Paper Lantern (All the Way Home (with Ann Other))", "Paper Lantern (All the Way Home)", "original"],
  ] as const)("%s", (title, shown, kind) => {
    expect(readTitle(title)).toMatchObject({ title: shown, kind, live: kind === "live" });
  });
});

test.each([
  "(I Can't Get No) Satisfaction",
  "Don't You (Forget About Me)",
  "Long Live",
  "Lantern (Live Again)",
  "Lantern (Live a Little)",
  "Lantern (Live in the Moment)",
  "Lantern (The Way We Live)",
  "Kaminari ～A Song～",
  "Lantern (Turn Up the Stereo)",
  "Lantern (The Sad Piano)",
  "Lantern (In the Mix)",
  "Lantern (The Dub Club)",
  'Cantata: V. Aria (Alt, Tenor) "Sende, Herr"',
  "Lantern [+Clatter]",
  "Live Forever",
  "Live and Let Die",
  "Acoustic Army",
  "Dub Be Good to Me",
  "Remix",
  "Dancing (With You)",
  "700 ft. Ceiling",
  "Song 2",
  "Untitled (How Does It Feel)",
  "Undone – The Sweater Song",
])("%s is left as it is", (title) => {
  expect(readTitle(title)).toMatchObject({ title, kind: "original", live: false });
});

describe("one song, however it is spelled", () => {
  test.each([
    ["Rock 'n' Roll", "Rock & Roll", "Rock and Roll", "Rock ‘n’ roll"],
    ["Back in the U.S.S.R.", "Back in the USSR"],
    ["Walkin' Home", "Walking Home", "Walkin’ home"],
    ["The Lantern", "Lantern"],
    ["Black-Eyed Kate", "Blackeyed Kate", "BLACK EYED KATE"],
    ["Smørrebrød", "Smorrebrod"],
    ["Łódź", "Lodz"],
    ["Straße", "STRASSE"],
    ["Another Wall, Pt. 2", "Another Wall (Part II)", "Another Wall - Part Two", "Another Wall Part 2"],
    ["Crazy Pearl (Pts. 1-5)", "Crazy Pearl, Parts I–V", "Crazy Pearl, Part One – Five"],
    ["Dialogue (Part I & II)", "Dialogue, Parts 1 and 2"],
    ["World War III", "World War 3"],
    ["Symphony No. 5", "Symphony #5"],
    ["Undone – The Sweater Song", "Undone (The Sweater Song)"],
    ["***Flawless", "Flawless"],
  ])("%s", (...titles) => {
    expect(new Set(titles.map((title) => readTitle(title).key))).toHaveLength(1);
  });
});

test.each([
  ["Another Wall, Pt. 1", "Another Wall, Pt. 2"],
  ["Fusion", "Fusion, Part 2"],
  ["Lantern", "Lantern (Reprise)"],
  ["1 23", "12 3"],
  ["???", "!!!"],
  ["ガ", "カ"],
  ["Thing", "Thin"],
])("%s and %s are two songs", (one, other) => {
  expect(readTitle(one).key).not.toBe(readTitle(other).key);
});

test.each([
  ["live, 1999-07-23: Woodstock", "live"],
  ["acoustic, live", "live"],
  ["2011 remaster", "remaster"],
  ["original mono mix", "remaster"],
  ["demo", "demo"],
  ["album version", "original"],
  ["extra shouting at the end", "original"],
] as const)("the provider's note counts as well: %s", (note, kind) => {
  expect(readTitle("Paper Lantern", note)).toMatchObject({ title: "Paper Lantern", kind });
});

test.each(["", "  ", "\u200b", "[untitled]"])("a title that shows nothing (%j) has a key all the same", (title) => {
  expect(readTitle(title)).toMatchObject({ title: "[untitled]", key: titleKey("[untitled]") });
});
