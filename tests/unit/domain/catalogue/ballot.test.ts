import { expect, test } from "vitest";
import { ballotWorthy, type BallotVariant } from "#server/domain/catalogue/ballot.ts";

const studio: BallotVariant = { kind: "original", live: false, video: false, durationMs: 200_000, note: null };
const live: BallotVariant = { ...studio, kind: "live", live: true };
const film: BallotVariant = { ...studio, video: true };

function why(title: string, ...variants: Partial<BallotVariant>[]) {
  return ballotWorthy(title, variants.length === 0 ? [studio] : variants.map((each) => ({ ...studio, ...each }))).why;
}

test.each([
  "Intro Song", "Interviewed", "Speechless", "Talking Blues", "Drum Song", "Untitled", "Silence", "Noise", "Encore", "Applause", "Skittles", "Chapter 24",
  "Black Witch Woman / Gypsy King", "Episode", "Track Star", "The Story in Your Eyes", "[Live]", "Message in a Box", "Commentarium", "Interlude Street",
])("%s is a song", (title) => {
  expect(ballotWorthy(title, [studio])).toEqual({ ballot: true, why: "song" });
});

test.each([
  "Interlude", "Skit 2", "Outro (skit)", "Interlude: Going Up", "Countdown (Interlude)", "Lantern Interlude", "[untitled]", "[silence]", "[crowd noise]",
  "[band entrance]", "[applause]", "Tuning Up", "Soundcheck", "Intro Tape", "End Credits", "[data track]", "Track 4",
])("%s is none", (title) => {
  expect(ballotWorthy(title, [{ ...studio, durationMs: null }])).toEqual({ ballot: false, why: "not_a_song" });
});

test.each([
  "Interview", "Interview with Ann Other", "Paper Lantern (Commentary)", "Paper Lantern - Commentary", "Spoken Word", "Band Introductions", "Podcast #4",
  "Kapitel 12", "The Long Road - Chapter 3", "Press Conference",
])("%s is spoken", (title) => {
  expect(why(title)).toBe("spoken");
});

test.each(["Hill / Valley / River", "Hill > Valley > River", "Detroit Medley", "Hits (medley)"])("%s is several songs", (title) => {
  expect(why(title)).toBe("medley");
});

test("names of scraps are songs when they are long enough", () => {
  expect(why("Intro", { durationMs: 128_000 })).toBe("song");
  expect(why("Intro", { durationMs: 48_000 })).toBe("not_a_song");
  expect(why("Intro", { durationMs: 48_000 }, { ...live, durationMs: 300_000 })).toBe("not_a_song");
  expect(why("Silence", { durationMs: 12_000 })).toBe("not_a_song");
  expect(why("Applause", { durationMs: 31_000 })).toBe("not_a_song");
  expect(why("American Intro", { durationMs: 40_000 })).toBe("not_a_song");
  expect(why("American Intro", { durationMs: 75_000 })).toBe("song");
});

test("live recordings and films alone make no song for a ballot", () => {
  expect(why("Paper Lantern", live)).toBe("live_only");
  expect(why("Paper Lantern", live, film)).toBe("live_only");
  expect(why("Paper Lantern", film)).toBe("video_only");
  expect(why("Paper Lantern", live, film, studio)).toBe("song");
});

test("what is under half a minute at its longest is a scrap", () => {
  expect(why("Paper Lantern", { durationMs: 29_999 })).toBe("too_short");
  expect(why("Paper Lantern", { durationMs: 29_999 }, { durationMs: 30_000 })).toBe("song");
  expect(why("Paper Lantern", { durationMs: null })).toBe("song");
});

test("a provider's note tells as well", () => {
  expect(why("Paper Lantern", { note: "spoken" })).toBe("spoken");
  expect(why("Paper Lantern", { note: "live medley" })).toBe("medley");
  expect(why("Paper Lantern", { note: "medley" }, { note: null })).toBe("song");
});
