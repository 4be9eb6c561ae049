import { expect, test } from "vitest";
import { maintenanceTasks } from "#jobs/tasks/maintenance.ts";
import { buildShow } from "#tests/support/builders.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

async function statusOf({ client }: TestServer, show: string) {
  return (await client.shows.get.query({ show })).show.status;
}

test("a show becomes ongoing at its start and completed five hours later, and live pages hear of it", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database, { localDate: "2026-06-14", startTime: "20:00" });
  const tasks = maintenanceTasks(server.write);
  const steps = [
    ["2026-06-14T17:59:59Z", "upcoming"],
    ["2026-06-14T18:00:00Z", "ongoing"],
    ["2026-06-14T22:59:59Z", "ongoing"],
    ["2026-06-14T23:00:00Z", "completed"],
  ] as const;
  for (const [instant, status] of steps) {
    server.clock.set(instant);
    await tasks["advance-shows"]();
    expect([instant, await statusOf(server, show.slug)]).toEqual([instant, status]);
  }
  const events = await server.database.rows(
    "SELECT kind, payload ->> 'status' AS status FROM events WHERE show_id = ? ORDER BY seq",
    show.showId,
  );
  expect(events).toEqual([
    { kind: "show.changed", status: "ongoing" },
    { kind: "show.changed", status: "completed" },
  ]);
});

test("a show without a start is completed when its day at the venue ends", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database, {
    localDate: "2026-06-14",
    startTime: null,
    timeZone: "Pacific/Kiritimati",
  });
  const { "advance-shows": advance } = maintenanceTasks(server.write);
  server.clock.set("2026-06-14T09:59:59Z");
  await advance();
  expect(await statusOf(server, show.slug)).toBe("upcoming");
  server.clock.set("2026-06-14T10:00:00Z");
  await advance();
  expect(await statusOf(server, show.slug)).toBe("completed");
});

test("a cancelled show stays cancelled, and a clock that goes back does not reopen a show", async () => {
  await using server = await startTestServer();
  const cancelled = await buildShow(server.database, { status: "cancelled" });
  const ongoing = await buildShow(server.database, { status: "ongoing" });
  await maintenanceTasks(server.write)["advance-shows"]();
  expect(await statusOf(server, cancelled.slug)).toBe("cancelled");
  expect(await statusOf(server, ongoing.slug)).toBe("ongoing");
});

test("a postponed show stays postponed, also after the date that it had", async () => {
  await using server = await startTestServer();
  const postponed = await buildShow(server.database, { status: "postponed", localDate: "2026-06-14" });
  for (const instant of ["2026-06-14T18:00:00Z", "2026-06-14T23:00:00Z", "2026-07-14T00:00:00Z"]) {
    server.clock.set(instant);
    await maintenanceTasks(server.write)["advance-shows"]();
    expect(await statusOf(server, postponed.slug)).toBe("postponed");
  }
  expect(await server.database.rows("SELECT kind FROM events WHERE show_id = ?", postponed.showId)).toEqual([]);
});

test("expired sessions and old events are removed, current ones and the newest event stay", async () => {
  await using server = await startTestServer();
  const fan = await server.fan();
  const tasks = maintenanceTasks(server.write);
  const now = server.clock.now();
  const day = 86_400_000;
  await server.write("createSession", { idHash: "old", userId: fan.id, expiresAt: now - 1 });
  await server.write("createSession", { idHash: "new", userId: fan.id, expiresAt: now + 1 });
  await tasks["delete-expired-sessions"]();
  expect(await server.database.rows("SELECT id_hash AS id FROM sessions")).toEqual([{ id: "new" }]);

  const show = await buildShow(server.database);
  const [first, second, third] = show.setlistSongIds;
  server.clock.advance(-40 * day);
  await fan.client.votes.cast.mutate({ setlistSongId: first! });
  await fan.client.votes.cast.mutate({ setlistSongId: second! });
  server.clock.advance(40 * day);
  await tasks["trim-events"]();
  // The newest stays even when it is old: sequence numbers must go on from it.
  expect(await server.database.rows("SELECT count(*) AS n FROM events")).toEqual([{ n: 1 }]);
  await fan.client.votes.cast.mutate({ setlistSongId: third! });
  await tasks["trim-events"]();
  expect(await server.database.rows("SELECT payload ->> 'version' AS version FROM events")).toEqual([{ version: 3 }]);
});

test("day counters go after 30 days, and today's limit stands", async () => {
  await using server = await startTestServer();
  const show = await buildShow(server.database, { localDate: "2026-12-01" });
  const fan = await server.fan();
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
  server.clock.set("2026-07-13T12:00:00Z");
  await fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[1]! });
  const { "trim-allowances": trim } = maintenanceTasks(server.write);
  const days = () => server.database.rows("SELECT count(*) AS n FROM day_allowances");
  await trim();
  expect(await days()).toEqual([{ n: 2 }]);
  server.clock.set("2026-07-14T12:00:00Z");
  await trim();
  expect(await days()).toEqual([{ n: 1 }]);
  expect((await fan.client.shows.get.query({ show: show.slug })).allowance?.day).toBe(50);
  server.clock.set("2026-07-13T12:00:00Z");
  expect((await fan.client.shows.get.query({ show: show.slug })).allowance?.day).toBe(49);
});

test("what a killed process has left of a file of links is dropped once it is an hour old", async () => {
  await using server = await startTestServer();
  const tasks = maintenanceTasks(server.write);
  const fileId = await server.write("beginLinkFile", { by: null });
  const lines = Array.from({ length: 5_001 }, (_, i) => ({ line: i + 2, action: "merge" as const, kind: "artist" as const, id: 1, into: 2 }));
  await server.write("stageLinkLines", { by: null, fileId, lines });
  const left = async () => (await server.database.rows("SELECT (SELECT count(*) FROM link_files) AS files, (SELECT count(*) FROM link_lines) AS lines"))[0];
  await tasks["trim-link-files"]();
  expect(await left()).toEqual({ files: 1, lines: 5_001 });
  server.clock.advance(61 * 60_000);
  await tasks["trim-link-files"]();
  expect(await left()).toEqual({ files: 0, lines: 0 });
});
