import { expect, test } from "vitest";
import { Traffic } from "#server/traffic.ts";
import { readBusyHours } from "#server/views/sync-plan.ts";
import { hourOfWeek } from "#server/domain/busy-hours.ts";
import { buildShow } from "#tests/support/builders.ts";
import { startDirectWriter } from "#tests/support/direct-writer.ts";
import { startTestServer } from "#tests/support/test-server.ts";
import type { Write } from "#server/commands/registry.ts";

const MINUTE = 60_000;

async function startTraffic() {
  const direct = await startDirectWriter();
  const { database, clock } = direct;
  let broken = false;
  const errors: unknown[] = [];
  const write = ((name, input) => (broken ? Promise.reject(new Error("disk full")) : direct.run(name, input))) as Write;
  return {
    traffic: new Traffic({ write, now: clock.now, onError: (error) => void errors.push(error) }),
    database,
    clock,
    errors,
    break: (is: boolean) => void (broken = is),
    rows: () => database.rows("SELECT at, requests FROM traffic_hours ORDER BY at"),
    [Symbol.asyncDispose]: () => direct[Symbol.asyncDispose](),
  };
}

test("requests are written to the hour that they came in, every five minutes and when the hour ends", async () => {
  await using stage = await startTraffic();
  const noon = stage.clock.now();
  const writes: unknown[] = [];
  for (let minute = 1; minute <= 70; minute += 1) {
    stage.traffic.count();
    stage.clock.advance(MINUTE);
    await stage.traffic.look();
    writes.push((await stage.rows()).at(-1)?.requests ?? 0);
  }
  expect(await stage.rows()).toEqual([
    { at: noon, requests: 60 },
    { at: noon + 60 * MINUTE, requests: 10 },
  ]);
  expect(writes.slice(0, 11)).toEqual([0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]);
  expect((await readBusyHours(stage.database.reader, stage.clock.now()))[hourOfWeek(noon)]).toBe(60);
});

test("without visitors nothing is written, and what can't be written is kept", async () => {
  await using stage = await startTraffic();
  stage.clock.advance(5 * MINUTE);
  await stage.traffic.look();
  expect(await stage.rows()).toEqual([]);
  stage.traffic.count();
  stage.break(true);
  await stage.traffic.flush();
  stage.break(false);
  stage.traffic.count();
  await stage.traffic.flush();
  expect([stage.errors.length, (await stage.rows()).map(({ requests }) => requests)]).toEqual([1, [2]]);
});

test("pages, calls and votes are visitors' requests; health and figures are not", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database);
  const fan = await server.fan();
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
  await server.client.shows.get.query({ show: show.slug });
  for (const path of ["/healthz", "/readyz", "/metrics"]) await fetch(server.url + path);
  await server.stop();
  const [row] = await server.database.rows("SELECT sum(requests) AS n FROM traffic_hours");
  expect(row).toEqual({ n: 2 });
});
