import { expect, test } from "vitest";
import { newsOf } from "../../../app/features/results/live-results.ts";
import { withAccount } from "../../../app/features/setlists/live-setlists.ts";
import { compare } from "#server/domain/results/compare.ts";
import { expectedSongs } from "#server/domain/results/expected-songs.ts";
import { isFresh } from "#server/domain/results/fresh.ts";
import { setlistFrame, type FrameSong, type SetlistFrame } from "#server/domain/results/setlist-frame.ts";
import { verdictWords } from "#server/domain/results/words.ts";
import { scoreFan } from "#server/domain/scoring/fan-score.ts";
import { outcomeOf, saidBefore, type OutcomeFacts } from "#server/domain/scoring/outcome.ts";
import { entryKind } from "#server/domain/setlists/entries.ts";
import { chances, FANS, fans, key, lastShows, tally, titles } from "../domain/scoring/example.ts";
import { votesFor } from "../domain/scoring/stage.ts";

type Line = [title: string, songId: number | null, more?: Partial<FrameSong> & { encore?: boolean }];
const ours = (number: number): Line => [titles[number - 1]!, number];

const whole: Line[] = [["Overture", null, { tape: true }], ours(1), ours(2), ours(4), ["Somebody Else's Song", null], ours(5), ours(7), ours(9), ours(1), ["Glass", 10, { encore: true }], ["Paper Boat", 3, { encore: true }]];

function factsOf(lines: Line[]): OutcomeFacts {
  const entries = (songs: Line[]) => songs.map(([title, songId, more]) => ({ title, titleKey: title.toLowerCase(), songId, tape: more?.tape ?? false, encore: more?.encore ?? false }));
  const setlist = (id: number, songs: Line[]) => ({ id, provider: "setlistfm" as const, version: "1", status: "live" as const, songs: songs.length, entries: entries(songs) });
  return {
    show: { status: "ongoing", closesAt: 0, locked: false },
    setlists: [setlist(1, lines)],
    ballot: tally,
    fans: FANS,
    chances: { kind: "forecast", songs: chances },
    lastShows: lastShows.map((songs, i) => [setlist(10 + i, songs.map((id) => [titles[id - 1]!, id]))]),
  };
}

/** The frame of a show of which so much is written down. */
function frame(lines: Line[], status: SetlistFrame["status"] = "live", others: number[] = []): SetlistFrame {
  const songs = lines.map(([title, songId, more], i) => ({ position: i + 1, title, songId, coverOf: null, guest: null, tape: false, note: null, segue: false, medley: null, ...more }));
  const account = { id: 1, provider: null, source: "Written down here", url: null, linkText: null, version: "1", note: null };
  const made = setlistFrame({ account, others: others.map((id) => ({ ...account, id, status, songs: 1 })) }, [{ name: null, encore: null, songs }], outcomeOf(factsOf(lines), 1)!, entryKind);
  // As it comes over the wire.
  return { ...(JSON.parse(JSON.stringify(made)) as SetlistFrame), status };
}

const expected = expectedSongs(factsOf(whole), saidBefore(factsOf(whole)), 40);

test.each(Object.entries(fans))("%s has the same score by a frame as by the show's key, also song by song", (_, { songs, calls = {} }) => {
  const ballot = { votes: votesFor(...songs), calls };
  expect(compare(frame(whole), expected, ballot).fan!.score).toEqual(scoreFan(key, ballot.votes, calls));
  let before = 0;
  for (let played = 1; played <= whole.length; played += 1) {
    const { score } = compare(frame(whole.slice(0, played)), expected, ballot).fan!;
    // Only a tape has been played so far.
    if (score === null) continue;
    expect(score.hits).toBeGreaterThanOrEqual(before);
    before = score.hits;
  }
});

test("marks agree with the figures: as many songs are marked as hits as a list has", () => {
  for (let played = 2; played <= whole.length; played += 1) {
    const now = frame(whole.slice(0, played));
    const entries = compare(now, expected, null).sets.flatMap(({ songs }) => songs);
    for (const list of ["crowd", "forecast"] as const) {
      expect(entries.filter((entry) => entry[list]?.hit)).toHaveLength(now.lists[list]!.hits);
    }
  }
});

test("a new song is said with how the crowd does; what is no news is not said", () => {
  const [two, three] = [frame(whole.slice(0, 3)), frame(whole.slice(0, 4))];
  expect(newsOf(two, three)).toBe("Northbound. The crowd has 2 of 3.");
  expect(newsOf(null, frame(whole.slice(0, 2)))).toBe("Overture, Harbour Lights. The crowd has 1 of 1.");
  expect(newsOf(two, two)).toBe("");
  expect(newsOf(three, two)).toBe("The setlist was corrected. The crowd has 2 of 2.");
  expect(newsOf(three, null)).toBe("");
  expect(newsOf(frame(whole), frame(whole, "final"))).toBe("The setlist is final. The crowd has 8 of 9.");
});

test("an account that comes in live takes the place of what was loaded, or its own", () => {
  const loaded = [{ ...frame(whole.slice(0, 2)).account, id: 7, status: "live" as const, sets: [] }];
  const told = frame(whole.slice(0, 2), "live", [7]);
  expect(withAccount(loaded, told).map(({ id }) => id)).toEqual([7, 1]);
  expect(withAccount([{ ...loaded[0]!, id: 1 }], told)).toMatchObject([{ id: 1, sets: [{ songs: [{ title: "Overture" }, { title: "Harbour Lights" }] }] }]);
  expect(withAccount(loaded, null)).toEqual([]);
});

test("an account that was removed leaves open pages, whether it counted or not", () => {
  const { account } = frame(whole.slice(0, 2));
  const loaded = [7, 1].map((id) => ({ ...account, id, status: "live" as const, sets: [] }));
  expect(withAccount(loaded, frame(whole.slice(0, 2))).map(({ id }) => id)).toEqual([1]);
});

test.each([
  [{ crowd: 2, forecast: 2 }, "The crowd and the forecast were even."],
  [{ crowd: 1, forecast: 3 }, "The forecast was better than the crowd by 2 songs."],
  [{ crowd: 1, forecast: null }, "The crowd had 1 of 9; there was no forecast."],
])("the verdict on %j", ({ crowd, forecast }, words) => {
  const list = (hits: number | null) => (hits === null ? null : { hits, of: 9 });
  const margin = forecast === null ? null : { songs: Math.abs(crowd - forecast), share: 0 };
  const better = margin === null ? null : margin.songs === 0 ? "even" : crowd > forecast! ? "crowd" : "forecast";
  expect(verdictWords({ better, by: margin, beyondLastShows: { crowd: null, forecast: null } }, { crowd: list(crowd), forecast: list(forecast), lastShows: null })).toBe(words);
});

test("against the last shows a list may be better, worse or even", () => {
  const margin = (songs: number) => ({ songs, share: 0 });
  const verdict = { better: "even" as const, by: margin(0), beyondLastShows: { crowd: margin(-1), forecast: margin(0) } };
  expect(verdictWords(verdict, { crowd: null, forecast: null, lastShows: null })).toBe("The crowd and the forecast were even. Against the last shows’ songs: crowd 1 song worse, forecast even.");
});

test("a show spoils for seven days after its own, by the venue's clock", () => {
  const show = { localDate: "2026-06-10", timeZone: "America/New_York" };
  expect(isFresh(show, Date.parse("2026-06-18T03:59:59Z"))).toBe(true);
  expect(isFresh(show, Date.parse("2026-06-18T04:00:00Z"))).toBe(false);
  expect(isFresh(show, Date.parse("2026-06-01T00:00:00Z"))).toBe(true);
});
