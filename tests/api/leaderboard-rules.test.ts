import fc from "fast-check";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { ranksAtShows } from "#db/queries/fan-results.ts";
import { type BoardKey, boardRows, countBefore, type StandingRow } from "#db/queries/leaderboards.ts";
import { putStandings, wrongStandings } from "#db/queries/standings.ts";
import { type FanResult, STANDING_RULES } from "#server/domain/scoring/leaderboard.ts";
import { inOrder, keyAtShow, keyOnBoard, type LeaderboardScope, ratingOf, standingOf, sumsOf } from "#tests/support/board-oracle.ts";
import { buildFans } from "#tests/support/fans.ts";
import { buildSeason } from "#tests/support/season.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

const SHOWS = 12;
const FANS = 7;

/** What some fans' votes came to at some shows; few figures, so that many are equal. */
const scores = fc.array(
  fc.record({ fan: fc.nat(FANS - 1), show: fc.nat(SHOWS - 1), votes: fc.integer({ min: 3, max: 4 }), hits: fc.nat(2), points: fc.nat(2), share: fc.option(fc.integer({ min: 4_000, max: 4_002 }), { freq: 8 }), lastVoteAt: fc.nat(1) }),
  { minLength: 30, maxLength: 84 },
);

interface Scene {
  database: TestDatabase;
  fans: number[];
  shows: Pick<FanResult, "showId" | "artistId" | "tour" | "localDate">[];
}

/** Two artists' shows over the turn of a year, some on a tour that both call the same. */
async function build(database: TestDatabase): Promise<Scene> {
  const seasons = [
    ...(await buildSeason(database, 6, { from: "2025-12-29", tour: "A", at: 0 })),
    ...(await buildSeason(database, 4, { from: "2025-12-30", tour: "A", at: 0 })),
    ...(await buildSeason(database, 2, { from: "2026-02-01", at: 0 })),
  ];
  const shows = seasons.map(({ showId, artistId, localDate }, i) => ({ showId, artistId, localDate, tour: i < 10 ? "A" : null }));
  return { database, shows, fans: await buildFans(database, FANS) };
}

async function store({ database, fans, shows }: Scene, drawn: readonly { fan: number; show: number; votes: number; hits: number; points: number; share: number | null; lastVoteAt: number }[]): Promise<Map<number, FanResult[]>> {
  const results = new Map(fans.map((fan): [number, FanResult[]] => [fan, []]));
  await database.change(async (tx) => {
    for (const table of ["standings", "fan_scores", "show_allowances"]) await tx.run(`DELETE FROM ${table}`);
    for (const { showId } of shows) await tx.run(`INSERT OR IGNORE INTO show_scores (show_id, setlist_id, setlist_version, played, unknown, fans, possible, ranked, lists, scored_at) VALUES (${showId}, 1, '1', 6, 0, ${FANS}, 50, 1, '{}', 0)`);
    for (const { fan: at, show: night, ...score } of new Map(drawn.map((one) => [`${one.fan} ${one.show}`, one])).values()) {
      const [userId, show] = [fans[at]!, shows[night]!];
      await tx.run(sql`INSERT INTO show_allowances (show_id, user_id, votes) VALUES (${show.showId}, ${userId}, ${score.votes})`);
      await tx.run(sql`INSERT INTO fan_scores (show_id, user_id, votes, hits, points, call_hits, call_points, share, last_vote_at)
        VALUES (${show.showId}, ${userId}, ${score.votes}, ${score.hits}, ${score.points}, 0, 0, ${score.share}, ${score.lastVoteAt})`);
      results.get(userId)!.push({ ...show, ...score, callHits: 0, callPoints: 0 });
    }
    await putStandings(tx, fans, "all", STANDING_RULES);
  });
  return results;
}

/** Every board that there may be. */
function boardsOf({ shows }: Scene): [BoardKey, LeaderboardScope][] {
  const artists = [...new Set(shows.map(({ artistId }) => artistId))];
  return [
    [{ kind: "all", artistId: 0, name: "" }, { kind: "all" }],
    ...[2025, 2026].map((year): [BoardKey, LeaderboardScope] => [{ kind: "year", artistId: 0, name: String(year) }, { kind: "year", year }]),
    ...artists.map((artistId): [BoardKey, LeaderboardScope] => [{ kind: "artist", artistId, name: "" }, { kind: "artist", artistId }]),
    ...artists.map((artistId): [BoardKey, LeaderboardScope] => [{ kind: "tour", artistId, name: "A" }, { kind: "tour", artistId, tour: "A" }]),
  ];
}

/** All rows of a board, page by page. */
async function paged({ database }: Scene, board: BoardKey, fans: number[] | null, size: number): Promise<StandingRow[]> {
  const rows: StandingRow[] = [];
  for (;;) {
    const place = rows.at(-1) ?? null;
    if (place) expect(await countBefore(database.reader, { board, fans, place }), "rows before the last one").toBe(rows.length - 1);
    const page = await boardRows(database.reader, { board, fans, after: place, limit: size });
    rows.push(...page);
    if (page.length < size) return rows;
  }
}

test("every board has the fans whom the words of docs/scoring.md put on it, in that order, page by page, among all and among some", async () => {
  await using database = await createTestDatabase();
  const scene = await build(database);
  await fc.assert(
    fc.asyncProperty(scores, fc.integer({ min: 1, max: 4 }), async (drawn, size) => {
      const results = await store(scene, drawn);
      for (const [board, scope] of boardsOf(scene)) {
        const listed = [...results].flatMap(([fan, all]) => standingOf(fan, all, scope) ?? []);
        const expected = inOrder(listed, keyOnBoard).map((standing) => ({ ...standing, rating: ratingOf(standing) }));
        const told = await paged(scene, board, null, size);
        expect(told.map(({ displayName: _, ...row }) => row)).toEqual(expected.map(({ shares: _, ...row }) => row));
        const some = scene.fans.filter((_, i) => i % 2 === 0);
        expect((await paged(scene, board, some, size)).map(({ userId }) => userId)).toEqual(expected.map(({ userId }) => userId).filter((id) => some.includes(id)));
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);

test("sums of fans with too few shows are kept too, and verify says of each figure that is another one", async () => {
  await using database = await createTestDatabase();
  const scene = await build(database);
  const results = await store(scene, fc.sample(scores, { numRuns: 1, seed: 1 })[0]!);
  const rows = await database.rows("SELECT board, artist_id, name, user_id AS userId, shows, votes, hits, points, shares, last_vote_at AS lastVoteAt FROM standings");
  const expected = boardsOf(scene).flatMap(([{ kind, artistId, name }, scope]) => [...results].flatMap(([fan, all]) => {
    const sums = sumsOf(fan, all, scope);
    return sums ? [{ board: kind, artist_id: artistId, name, ...sums }] : [];
  }));
  const sorted = (all: object[]) => all.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();
  expect(sorted(rows)).toEqual(sorted(expected));
  expect(await wrongStandings(database.reader, scene.fans, STANDING_RULES)).toEqual([]);
  for (const column of ["shows", "votes", "hits", "points", "shares", "last_vote_at", "rating", "listed"]) {
    await database.change((tx) => tx.run(`UPDATE standings SET ${column} = ${column} + 1 WHERE user_id = ${scene.fans[0]!} AND board = 'all'`));
    expect(await wrongStandings(database.reader, scene.fans, STANDING_RULES), column).toHaveLength(1);
    await database.change((tx) => tx.run(`UPDATE standings SET ${column} = ${column} - 1 WHERE user_id = ${scene.fans[0]!} AND board = 'all'`));
  }
});

test("fans at a show are ranked by points, hits, the earlier last vote and the id", async () => {
  await using database = await createTestDatabase();
  const scene = await build(database);
  await fc.assert(
    fc.asyncProperty(scores, async (drawn) => {
      const results = await store(scene, drawn);
      for (const { showId } of scene.shows.slice(0, 3)) {
        const there = [...results].flatMap(([userId, all]) => all.filter((one) => one.showId === showId).map((one) => ({ ...one, userId })));
        const order = inOrder(there, (one) => keyAtShow(one, one.userId)).map(({ userId }) => userId);
        for (const fan of order) expect(await ranksAtShows(database.reader, fan, [showId])).toMatchObject([{ showId, rank: order.indexOf(fan) + 1 }]);
      }
    }),
    { numRuns: 10 },
  );
}, 60_000);
