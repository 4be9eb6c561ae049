import type { MakeState } from "./browser-states.ts";
import { buildShow } from "./builders.ts";
import { buildSetlist } from "./came-in.ts";
import { buildFans } from "./fans.ts";
import { buildCompared, buildExample, buildRunning, exampleSets, voteAs, type ExampleShow } from "./finished-shows.ts";
import { buildSeason, voted, type SeasonShow } from "./season.ts";
import type { TestDatabase } from "./test-database.ts";
import type { TestFan, TestServer } from "./test-server.ts";

const at = ({ slug }: { slug: string }, query = "") => `/shows/${slug}/results${query}`;

/** A season of an artist on a tour, with scores: a full leaderboard and a fan with results. */
export async function buildScored(server: TestServer): Promise<{ season: SeasonShow[]; fan: TestFan }> {
  const { database, clock } = server;
  const season = await buildSeason(database, 7, { tour: "The World Tour", at: clock.now() });
  const others = await buildFans(database, 60);
  const fan = await server.fan("Robin");
  for (const [i, show] of season.entries()) {
    for (const [n, other] of others.entries()) await voted(database, show, other, [1 + (n % 4), 5, 6]);
    await voted(database, show, fan.id, i % 2 === 0 ? [1, 2, 3, 4, 5] : [4, 5, 6]);
    await server.write("scoreFans", { showId: show.showId, after: 0, allBoards: null });
  }
  return { season, fan };
}

/** How the votes of the example came in: in equal steps, one an hour. */
export async function buildHistory(database: TestDatabase, show: ExampleShow, steps: number): Promise<void> {
  const { showId } = show;
  const now = Date.parse("2026-06-13T12:00:00Z");
  await database.change(async (tx) => {
    for (let step = 1; step < steps; step += 1) {
      const tallies = [[show.row(1), step], [show.row(2), Math.max(1, step - 3)]];
      const total = tallies.reduce((sum, [, votes]) => sum + votes!, 0);
      await tx.run(`INSERT INTO tally_history (show_id, at, total, tallies) VALUES (${showId}, ${now - (steps - step) * 3_600_000}, ${total}, '${JSON.stringify(tallies)}')`);
    }
  });
}

async function asDan(server: TestServer, show: ExampleShow): Promise<TestFan> {
  const fan = await server.fan("Dan");
  await voteAs(server.database, show, "Dan", fan.id);
  return fan;
}

/** Pages of results in every state that a visitor can bring them into. */
export const resultStates: Record<string, MakeState> = {
  "results, final": async ({ database }) => ({ path: at(await buildCompared(database)) }),
  "results, final, my list": async (server) => {
    const show = await buildCompared(server.database);
    return { path: at(show, "?list=me"), as: await asDan(server, show) };
  },
  "results, forecast": async ({ database }) => ({ path: at(await buildCompared(database), "?list=forecast") }),
  "results, last shows": async ({ database }) => ({ path: at(await buildCompared(database), "?list=last-shows") }),
  "results, visitor's list": async ({ database }) => ({ path: at(await buildCompared(database), "?list=me") }),
  "results, live": async (server) => {
    const show = await buildRunning(server.database, 5);
    return { path: at(show), as: await asDan(server, show) };
  },
  "results, provisional, two accounts": async ({ database }) => {
    const show = await buildCompared(database, { status: "provisional" });
    await buildSetlist(database, show, { sets: [{ songs: ["Only This"] }] });
    return { path: at(show) };
  },
  "results, voting open": async ({ database }) => ({ path: at(await buildExample(database, { localDate: "2026-06-14", status: "upcoming" })) }),
  "results, nothing played yet": async ({ database }) => ({ path: at(await buildExample(database, { localDate: "2026-06-13", startTime: "13:00", status: "ongoing" })) }),
  "results, nothing written down": async ({ database }) => ({ path: at(await buildExample(database)) }),
  "results, cancelled": async ({ database }) => ({ path: at(await buildExample(database, { status: "cancelled" })) }),
  "results, postponed": async ({ database }) => ({ path: at(await buildExample(database, { status: "postponed" })) }),
  "results, a setlist before the close": async ({ database }) => {
    const show = await buildExample(database, { localDate: "2026-06-14", status: "upcoming" });
    await buildSetlist(database, show, { sets: exampleSets(show) });
    return { path: at(show) };
  },
  "results, no such show": async () => ({ path: "/shows/no-such-show/results", status: 404 }),
  "vote history": async ({ database }) => {
    const show = await buildExample(database, { localDate: "2026-06-14", status: "upcoming" });
    await buildHistory(database, show, 30);
    return { path: `/shows/${show.slug}/history` };
  },
  "vote history, one moment": async ({ database }) => ({ path: `/shows/${(await buildExample(database, { localDate: "2026-06-14", status: "upcoming" })).slug}/history` }),
  "vote history, no vote": async ({ database }) => ({ path: `/shows/${(await buildShow(database)).slug}/history` }),
  "my results": async (server) => ({ path: "/results", as: (await buildScored(server)).fan }),
  "my results, none": async (server) => ({ path: "/results", as: await server.fan() }),
  leaderboard: async (server) => ({ path: "/leaderboards", as: (await buildScored(server)).fan }),
  "leaderboard of a year": async (server) => {
    await buildScored(server);
    return { path: "/leaderboards/2026" };
  },
  "leaderboard of a year, nobody": async () => ({ path: "/leaderboards/1999" }),
  "leaderboard of a tour": async (server) => {
    const { season, fan } = await buildScored(server);
    return { path: `/artists/${season[0]!.artistSlug}/leaderboard?tour=${encodeURIComponent("The World Tour")}`, as: fan };
  },
};
