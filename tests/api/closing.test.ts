import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { buildShow, type ShowSpec } from "#tests/support/builders.ts";
import { eventsSince, lastSeq } from "#tests/support/outbox.ts";
import { refusalOf } from "#tests/support/refusals.ts";
import { startTestServer, type TestFan, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;
let admin: TestFan;

beforeAll(async () => {
  server = await startTestServer();
  admin = await server.fan("Ada", "admin");
});
beforeEach(() => server.clock.set("2026-06-13T12:00:00Z"));
afterAll(() => server[Symbol.asyncDispose]());

const closed = { status: 409, reason: "voting_closed", message: "Voting for this show is closed." };

type Close = Pick<ShowSpec, "timeZone" | "localDate" | "startTime"> & { what: string; closesAt: string };

const closes: Close[] = [
  { what: "in summer time", timeZone: "America/New_York", localDate: "2026-06-14", startTime: "20:00", closesAt: "2026-06-15T00:00:00.000Z" },
  { what: "in winter time", timeZone: "America/New_York", localDate: "2026-12-14", startTime: "20:00", closesAt: "2026-12-15T01:00:00.000Z" },
  { what: "in a zone without daylight saving", timeZone: "Asia/Kolkata", localDate: "2026-06-14", startTime: "19:30", closesAt: "2026-06-14T14:00:00.000Z" },
  { what: "a day ahead of its American neighbour", timeZone: "Pacific/Apia", localDate: "2026-06-14", startTime: "19:00", closesAt: "2026-06-14T06:00:00.000Z" },
  { what: "in the zone furthest ahead", timeZone: "Pacific/Kiritimati", localDate: "2026-06-14", startTime: "10:00", closesAt: "2026-06-13T20:00:00.000Z" },
  { what: "just after local midnight", timeZone: "Europe/Berlin", localDate: "2026-06-14", startTime: "00:30", closesAt: "2026-06-13T22:30:00.000Z" },
  { what: "at an hour that the clocks skip", timeZone: "Europe/Berlin", localDate: "2027-03-28", startTime: "02:30", closesAt: "2027-03-28T01:30:00.000Z" },
  { what: "with no start known", timeZone: "America/New_York", localDate: "2026-06-14", startTime: null, closesAt: "2026-06-15T04:00:00.000Z" },
  { what: "with no start known on a day of 25 hours", timeZone: "America/New_York", localDate: "2026-11-01", startTime: null, closesAt: "2026-11-02T05:00:00.000Z" },
  { what: "with no start known on a day of 23 hours", timeZone: "Europe/Berlin", localDate: "2027-03-28", startTime: null, closesAt: "2027-03-28T22:00:00.000Z" },
  { what: "with no start known, east of the date line", timeZone: "Pacific/Pago_Pago", localDate: "2026-06-14", startTime: null, closesAt: "2026-06-15T11:00:00.000Z" },
  { what: "with no start known, west of the date line", timeZone: "Pacific/Kiritimati", localDate: "2026-06-14", startTime: null, closesAt: "2026-06-14T10:00:00.000Z" },
];

test.each(closes)("voting closes at $closesAt for a show $what ($timeZone)", async ({ what, closesAt, ...spec }) => {
  const show = await buildShow(server.database, spec);
  const fan = await server.fan();
  const [first, second, third] = show.setlistSongIds;
  const { votes, shows } = fan.client;
  server.clock.set(closesAt);
  server.clock.advance(-1_000);
  expect((await votes.cast.mutate({ setlistSongId: first! })).verdict).toBe("counted");
  server.clock.advance(999);
  expect((await votes.cast.mutate({ setlistSongId: second! })).verdict).toBe("counted");
  expect((await shows.get.query({ show: show.slug })).voting).toEqual({ open: true, closesAt, reason: null });
  server.clock.advance(1);
  expect(await refusalOf(votes.cast.mutate({ setlistSongId: third! }))).toEqual(closed);
  expect(await refusalOf(votes.retract.mutate({ setlistSongId: first! }))).toEqual(closed);
  expect((await shows.get.query({ show: show.slug })).voting).toEqual({ open: false, closesAt, reason: "closed" });
});

test.each(["cancelled", "completed"] as const)("a %s show takes no votes, whatever its date", async (status) => {
  const show = await buildShow(server.database, { status });
  const fan = await server.fan();
  expect(await refusalOf(fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! }))).toEqual(closed);
  const { voting } = await fan.client.shows.get.query({ show: show.slug });
  expect(voting).toMatchObject({ open: false, reason: status === "cancelled" ? "cancelled" : "closed" });
});

function auditOf(showId: number) {
  return server.database.rows(
    "SELECT actor_id AS who, action, details ->> 'note' AS note FROM audit_log WHERE subject_id = ? AND subject = 'show' ORDER BY id",
    showId,
  );
}

test("an admin locks voting and unlocks it, and the audit log says who, when and why", async () => {
  const show = await buildShow(server.database);
  const fan = await server.fan();
  const before = await lastSeq(server.database);
  const vote = () => fan.client.votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! });
  const closesAt = "2026-06-14T18:00:00.000Z";

  const locked = await admin.client.shows.lockVoting.mutate({ show: show.slug, note: "Doors opened early" });
  expect(locked).toEqual({ voting: { open: false, closesAt, reason: "locked" } });
  expect(await refusalOf(vote())).toEqual(closed);
  const unlocked = await admin.client.shows.unlockVoting.mutate({ show: show.showId });
  expect(unlocked).toEqual({ voting: { open: true, closesAt, reason: null } });
  expect((await vote()).verdict).toBe("counted");

  expect(await auditOf(show.showId)).toEqual([
    { who: admin.id, action: "voting.lock", note: "Doors opened early" },
    { who: admin.id, action: "voting.unlock", note: "" },
  ]);
  expect(await eventsSince(server.database, before)).toEqual([
    { kind: "voting.changed", show: show.showId, payload: { closesAt, locked: true } },
    { kind: "voting.changed", show: show.showId, payload: { closesAt, locked: false } },
    { kind: "tally.changed", show: show.showId, payload: { version: 1 } },
  ]);
});

test("an admin moves the close, and back to where the start puts it", async () => {
  const show = await buildShow(server.database);
  const fan = await server.fan();
  const [first, second] = show.setlistSongIds;
  const moved = await admin.client.shows.moveClose.mutate({ show: show.slug, closesAt: "2026-06-13T14:30:00+02:00" });
  expect(moved).toEqual({ voting: { open: true, closesAt: "2026-06-13T12:30:00.000Z", reason: null } });
  server.clock.set("2026-06-13T12:30:00Z");
  expect(await refusalOf(fan.client.votes.cast.mutate({ setlistSongId: first! }))).toEqual(closed);
  const back = await admin.client.shows.moveClose.mutate({ show: show.slug, closesAt: null });
  expect(back).toEqual({ voting: { open: true, closesAt: "2026-06-14T18:00:00.000Z", reason: null } });
  expect((await fan.client.votes.cast.mutate({ setlistSongId: second! })).verdict).toBe("counted");
  expect(await auditOf(show.showId)).toMatchObject([{ action: "voting.move_close" }, { action: "voting.move_close" }]);
});

test("a lock does not end by itself, and unlocking does not reopen what has closed", async () => {
  const show = await buildShow(server.database, { locked: true });
  server.clock.set("2026-06-14T18:00:00Z");
  const { voting } = await admin.client.shows.unlockVoting.mutate({ show: show.slug });
  expect(voting).toEqual({ open: false, closesAt: "2026-06-14T18:00:00.000Z", reason: "closed" });
});

test.each([["user"], ["moderator"]] as const)("a %s may not touch the close of voting", async (role) => {
  const show = await buildShow(server.database);
  const { client } = await server.fan(undefined, role);
  const forbidden = { status: 403, reason: "forbidden", message: "Your account may not do this." };
  expect(await refusalOf(client.shows.lockVoting.mutate({ show: show.slug }))).toEqual(forbidden);
  expect(await refusalOf(client.shows.unlockVoting.mutate({ show: show.slug }))).toEqual(forbidden);
  expect(await refusalOf(client.shows.moveClose.mutate({ show: show.slug, closesAt: null }))).toEqual(forbidden);
  expect(await auditOf(show.showId)).toEqual([]);
});
