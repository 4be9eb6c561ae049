import { expect, test } from "vitest";
import { createTheSetClient } from "#server/client.ts";
import { buildShow, titles, type BuiltShow } from "#tests/support/builders.ts";
import { miscounts } from "#tests/support/outbox.ts";
import { startServerProcess, type ServerProcess } from "#tests/support/server-process.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { startTestServer, type TestFan } from "#tests/support/test-server.ts";

interface World extends AsyncDisposable {
  database: TestDatabase;
  fans: TestFan[];
  shows: BuiltShow[];
  servers: [ServerProcess, ServerProcess];
}

/** Two server processes on one file, with fans and shows in it. */
async function startTwo(fanCount: number, ballots: string[][]): Promise<World> {
  const stack = new AsyncDisposableStack();
  const database = stack.use(await createTestDatabase());
  const first = await startTestServer({ database });
  const fans = await Promise.all(Array.from({ length: fanCount }, () => first.fan()));
  await first.stop();
  const shows: BuiltShow[] = [];
  for (const ballot of ballots) shows.push(await buildShow(database, { ballot }));
  const servers = await Promise.all([startServerProcess(database), startServerProcess(database)]);
  for (const server of servers) stack.use(server);
  return { database, fans, shows, servers, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

type Action = "cast" | "retract";

/** One call on a connection of its own: what became of it. */
async function act(server: ServerProcess, fan: TestFan, action: Action, setlistSongId: number): Promise<string> {
  const client = createTheSetClient({ url: server.url, token: fan.token });
  try {
    return (await client.votes[action].mutate({ setlistSongId })).verdict;
  } catch (error) {
    const reason = (error as { data?: { reason?: string } }).data?.reason;
    if (!reason) throw error;
    return reason;
  }
}

function votesIn(database: TestDatabase, userId: number): Promise<Record<string, unknown>[]> {
  return database.rows("SELECT setlist_song_id AS song FROM votes WHERE user_id = ? ORDER BY song", userId);
}

test("a hundred votes at once on one show through two processes count ten", { timeout: 60_000 }, async () => {
  await using world = await startTwo(1, [titles(50)]);
  const { database, servers, shows, fans } = world;
  const [fan] = fans;
  // Every song is voted for through both.
  const calls = shows[0]!.setlistSongIds.flatMap((song) => servers.map((server) => ({ song, server })));
  const outcomes = await Promise.all(calls.map(({ song, server }) => act(server, fan!, "cast", song)));
  const acknowledged = calls.filter((_, i) => outcomes[i] === "counted").map(({ song }) => ({ song }));
  expect(acknowledged).toHaveLength(10);
  expect(await votesIn(database, fan!.id)).toEqual(acknowledged.sort((a, b) => a.song - b.song));
  const refusals = new Set(outcomes.filter((outcome) => outcome !== "counted"));
  expect([...refusals].filter((reason) => reason !== "show_limit" && reason !== "already_voted")).toEqual([]);
  expect(await miscounts(database)).toEqual([]);
});

test("sixty votes at once over six shows through two processes count fifty", { timeout: 60_000 }, async () => {
  await using world = await startTwo(1, Array.from({ length: 6 }, () => titles(10)));
  const { database, servers, shows, fans } = world;
  const [fan] = fans;
  const songs = shows.flatMap((show) => show.setlistSongIds);
  const outcomes = await Promise.all(songs.map((song, i) => act(servers[i % 2]!, fan!, "cast", song)));
  const acknowledged = songs.filter((_, i) => outcomes[i] === "counted");
  expect(acknowledged).toHaveLength(50);
  expect(outcomes.filter((outcome) => outcome === "day_limit")).toHaveLength(10);
  expect(await votesIn(database, fan!.id)).toEqual(acknowledged.map((song) => ({ song })));
  const [day] = await database.rows("SELECT votes FROM day_allowances WHERE user_id = ?", fan!.id);
  expect(day).toEqual({ votes: 50 });
  expect(await miscounts(database)).toEqual([]);
});

test("votes taken back and cast again through two processes end as acknowledged", { timeout: 60_000 }, async () => {
  await using world = await startTwo(6, [titles(3)]);
  const { database, servers, shows, fans } = world;
  const songs = shows[0]!.setlistSongIds;
  const balance = new Map<string, number>();
  const casts = new Map<number, number>();
  const move = (key: string, by: number) => balance.set(key, (balance.get(key) ?? 0) + by);
  // Each fan fights with itself: both processes cast and take back the same songs.
  const fights = fans.flatMap((fan) =>
    servers.map(async (server) => {
      for (let round = 0; round < 5; round += 1) {
        const song = songs[round % songs.length]!;
        if ((await act(server, fan, "cast", song)) === "counted") {
          move(`${fan.id} ${song}`, 1);
          casts.set(fan.id, (casts.get(fan.id) ?? 0) + 1);
        }
        if ((await act(server, fan, "retract", song)) === "retracted") move(`${fan.id} ${song}`, -1);
      }
      if ((await act(server, fan, "cast", songs[0]!)) !== "counted") return;
      move(`${fan.id} ${songs[0]!}`, 1);
      casts.set(fan.id, (casts.get(fan.id) ?? 0) + 1);
    }),
  );
  await Promise.all(fights);
  const standing = [...balance].filter(([, votes]) => votes !== 0).map(([key, votes]) => `${key}: ${votes}`);
  const rows = await database.rows("SELECT user_id AS fan, setlist_song_id AS song FROM votes");
  expect(rows.map((row) => `${String(row["fan"])} ${String(row["song"])}: 1`).sort()).toEqual(standing.sort());
  const days = await database.rows("SELECT user_id AS fan, votes FROM day_allowances ORDER BY fan");
  expect(days.map((row) => [row["fan"], row["votes"]])).toEqual([...casts].sort(([a], [b]) => a - b));
  expect(await miscounts(database)).toEqual([]);
});
