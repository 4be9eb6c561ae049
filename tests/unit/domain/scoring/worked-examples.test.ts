import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { HOUR_MS } from "#server/domain/durations.ts";
import { confidence } from "#server/domain/forecast/confidence.ts";
import { accuracyOf, FIRST_PRIOR } from "#server/domain/scoring/accuracy.ts";
import { scoreCrowd } from "#server/domain/scoring/crowd-score.ts";
import { scoreFan } from "#server/domain/scoring/fan-score.ts";
import { EMPTY_SHOWS, LEAST_SHOWS } from "#server/domain/scoring/leaderboard.ts";
import type { ListScore } from "#server/domain/scoring/list-score.ts";
import { MOST_POINTS, pointsFor } from "#server/domain/scoring/points.ts";
import { RANKED_SONGS } from "#server/domain/scoring/show-key.ts";
import { ratingOf } from "#tests/support/board-oracle.ts";
import { STREAK_VOTES } from "#server/domain/scoring/streaks.ts";
import { trendingFactor } from "#server/domain/scoring/trending-factor.ts";
import { chances, FANS, fans, key, lastShows, setlist, tally, titles } from "./example.ts";
import { votesFor } from "./stage.ts";

const page = readFileSync(new URL("../../../../docs/scoring.md", import.meta.url), "utf8");
const row = (...cells: (string | number)[]) => `| ${cells.join(" | ")} |`;
const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`;
const three = (figure: number | null) => figure!.toFixed(3).replace(/^0/, "");

describe("docs/scoring.md says what the program does:", () => {
  test.each(chances)("song $songId of the show", ({ songId, played }) => {
    const worth = key.worth.get(songId);
    expect(page).toContain(row(titles[songId - 1]!, played, (-Math.log2(played)).toFixed(2), pointsFor(played), worth === undefined ? "no" : "yes"));
  });

  test("what counts of the setlist and what was possible", () => {
    expect(page).toContain(`N = ${setlist.count}`);
    expect(page).toContain(`= ${key.possible} points`);
    expect(page).toContain(`${MOST_POINTS} points`);
    expect(page).toContain(`fewer than ${RANKED_SONGS} songs of the ballot`);
  });

  test.each(Object.entries(fans))("%s", (name, { songs, calls }) => {
    const { votes, hits, points, callPoints, share } = scoreFan(key, votesFor(...songs), calls);
    expect(page).toContain(row(name, votes, hits, percent(hits / votes, 0), points - callPoints, callPoints, points, percent(share! / 10_000, 2)));
  });

  test.each(["opener", "closer", "encore"] as const)("the call of the %s", (role) => {
    const songId = fans.Dan!.calls![role]!;
    const chance = chances[songId - 1]!.roles[role];
    expect(page).toContain(row(role, titles[songId - 1]!, chance, key.calls[role].get(songId) ?? "missed"));
  });

  test("the crowd, the forecast and the last shows", () => {
    const score = scoreCrowd(setlist, { ballot: tally, fans: FANS, chances, forecast: true, lastShows });
    const told = (name: string, { hits, of, overlap, rankQuality, brier, calibrationError }: ListScore) =>
      row(name, `${hits} of ${of}`, percent(overlap), three(rankQuality), three(brier), three(calibrationError));
    expect(page).toContain(told("crowd", score.crowd!));
    expect(page).toContain(told("forecast", score.forecast!));
    expect(page).toContain(told("last shows", score.lastShows!));
    const { better, by, beyondLastShows } = score.verdict;
    expect(page).toContain(`The ${better} was better by ${by!.songs} song (${percent(by!.share)})`);
    expect(page).toContain(`crowd ${beyondLastShows.crowd!.songs} songs better`);
    expect(page).toContain(`forecast ${beyondLastShows.forecast!.songs} song better`);
  });

  test.each([[5, 0.3], [45, 0.3], [10, 0.25], [1_000, 0.02]])("the rating after %i shows of %d", (shows, mean) => {
    const rating = ratingOf({ shares: shows * mean * 10_000, shows });
    expect(page).toContain(row(shows, percent(mean, 0), percent(rating / 1_000_000, 2)));
  });

  test("fewest shows", () => {
    expect(page).toContain(`${LEAST_SHOWS.all} rated shows (all time, a year) or ${LEAST_SHOWS.artist} (an artist, a tour)`);
    expect(page).toContain(`${EMPTY_SHOWS} more shows`);
    expect(page).toContain(`${STREAK_VOTES} votes or more`);
  });

  test.each([[2, 2], [8, 10], [180, 200]])("the accuracy of %i hits of %i votes", (hits, votes) => {
    expect(page).toContain(row(`${hits} of ${votes}`, percent(hits / votes, 0), percent(accuracyOf(FIRST_PRIOR, { hits, votes }))));
  });

  test.each([[0, 0], [10, 20], [14, 40]])("the blend of .2 with %i votes of %i fans", (votes, voters) => {
    expect(page).toContain(row("20 %", `${votes} of ${voters}`, percent(confidence({ probability: 0.2 }, votes, voters))));
  });

  test.each([[2, 0], [60, 10], [120, 10], [0, 10]])("%i votes in six hours against %i an hour", (recentVotes, base) => {
    const factor = trendingFactor({ songId: 1, since: 0, recentVotes, votesBefore: base * 100 }, base, 106 * HOUR_MS);
    expect(page).toContain(row(base, recentVotes, factor.toFixed(2)));
  });
});
