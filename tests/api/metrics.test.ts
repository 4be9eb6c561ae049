import { expect, test } from "vitest";
import { buildShow } from "#tests/support/builders.ts";
import { startTestServer } from "#tests/support/test-server.ts";

const token = "a-token-that-only-a-scraper-knows";

function scrape(url: string, authorization?: string): Promise<Response> {
  return fetch(`${url}/metrics`, { headers: authorization === undefined ? {} : { authorization } });
}

test("a scraper with the token reads how the writer and the live streams are doing", async () => {
  await using server = await startTestServer({ env: { METRICS_TOKEN: token } });
  const show = await buildShow(server.database);
  const fan = await server.fan();
  const figures = async () => {
    const answer = await scrape(server.url, `Bearer ${token}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/plain")]);
    const lines = (await answer.text()).split("\n").filter((line) => line.startsWith("theset_"));
    return Object.fromEntries(lines.map((line) => [line.split(" ")[0]!, Number(line.split(" ")[1])]));
  };
  const before = await figures();
  await fan.client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(0, 10) });
  const after = await figures();
  const moved = (name: string) => after[name]! - before[name]!;
  // The use of the token may be noted beside the ten votes.
  expect(moved("theset_writer_batch_calls_sum")).toBeGreaterThanOrEqual(10);
  expect(moved("theset_writer_commit_seconds_count")).toBe(moved("theset_writer_batch_calls_count"));
  expect(after).toMatchObject({ theset_writer_waiting_calls: 0, theset_live_streams: 0, theset_live_frames_total: 0 });
});

test("for anybody else there is no such page", async () => {
  await using server = await startTestServer({ env: { METRICS_TOKEN: token } });
  await using closed = await startTestServer();
  const answers = [
    await scrape(server.url),
    await scrape(server.url, "Bearer wrong"),
    await scrape(server.url, `Basic ${token}`),
    await scrape(closed.url, "Bearer "),
    await scrape(closed.url, "Bearer null"),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
});
