import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { buildShow, titles } from "#tests/support/builders.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

async function reasonOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TRPCClientError)) throw new Error(`Expected a refusal, got ${String(error)}`);
  return (error.data as { reason: string }).reason;
}

/** What the outbox says: one entry a show and commit. */
function tallyEvents({ database }: TestServer) {
  return database.rows("SELECT show_id AS show, payload ->> 'version' AS version FROM events WHERE kind = 'tally.changed' ORDER BY seq");
}

test("a vote is counted, shown as mine and announced once", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database);
  const fan = await server.fan();
  const [song] = show.setlistSongIds;
  const answer = await fan.client.votes.cast.mutate({ setlistSongId: song! });
  expect(answer).toEqual({
    verdict: "counted",
    votes: 1,
    tallyVersion: 1,
    allowance: { show: 9, day: 49, additions: 5, dayResetsAt: "2026-06-14T00:00:00.000Z" },
  });
  const page = await fan.client.shows.get.query({ show: show.slug });
  expect(page.ballot[0]).toMatchObject({ setlistSongId: song, votes: 1, share: 1, mine: true });
  expect(page).toMatchObject({ tallyVersion: 1, totalVotes: 1, allowance: { show: 9, day: 49 } });
  expect(await tallyEvents(server)).toEqual([{ show: show.showId, version: 1 }]);
});

test("a hundred votes at once by one fan on one show count ten", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database, { ballot: titles(20) });
  const fan = await server.fan();
  const songs = Array.from({ length: 100 }, (_, i) => show.setlistSongIds[i % 20]!);
  const outcomes = await Promise.allSettled(songs.map((setlistSongId) => fan.client.votes.cast.mutate({ setlistSongId })));
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(10);
  const [row] = await server.database.rows("SELECT total_votes AS total, (SELECT count(*) FROM votes) AS counted FROM shows");
  expect(row).toEqual({ total: 10, counted: 10 });
});
