import { describe, expect, test } from "vitest";
import { AppError } from "#server/domain/errors.ts";
import { buildShow, titles } from "#tests/support/builders.ts";
import { startDirectWriter } from "#tests/support/direct-writer.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";

async function stage(spec: Parameters<typeof buildShow>[1] = {}) {
  const writer = await startDirectWriter();
  const { database } = writer;
  const show = await buildShow(database, { catalogue: titles(7, "Rarity"), ...spec });
  const [fan, admin] = (await buildFans(database, 2)) as [number, number];
  return {
    writer,
    database,
    show,
    admin,
    suggest: (songId: number, userId = fan, key: number | string = show.showId) =>
      writer.run("suggestSong", { fan: allowed(userId, "vote"), show: key, songId }),
    events: () => database.rows("SELECT kind, show_id AS show, payload FROM events ORDER BY seq"),
    audits: async () =>
      (await database.rows("SELECT * FROM audit_log ORDER BY id")).map(({ details, ...row }) => ({
        ...row,
        details: JSON.parse(details as string) as unknown,
      })),
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}

async function reasonOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`Expected a refusal, got ${String(error)}`);
  return error.reason;
}

describe("a song that a fan adds", () => {
  test("joins the end of the ballot, is announced, and costs an addition but no vote", async () => {
    await using on = await stage({ ballot: titles(2) });
    const songId = on.show.catalogueSongIds[3]!;
    const added = await on.suggest(songId);
    expect(added).toMatchObject({ tallyVersion: 1, allowance: { show: 10, day: 50, additions: 4 } });
    const [row] = await on.database.rows("SELECT id, position, votes, suggested FROM setlist_songs WHERE song_id = ?", songId);
    expect(row).toEqual({ id: added.setlistSongId, position: 3, votes: 0, suggested: 1 });
    const [event] = await on.events();
    expect(event).toMatchObject({ kind: "ballot.changed", show: on.show.showId });
    expect(JSON.parse(event!["payload"] as string)).toMatchObject({ version: 1, setlistSongId: added.setlistSongId });
  });

  test("can be the sixth of a show but not of one fan", async () => {
    await using on = await stage();
    const [sixth, ...five] = on.show.catalogueSongIds.slice(0, 6);
    for (const song of five) await on.suggest(song);
    expect(await reasonOf(on.suggest(sixth!))).toBe("addition_limit");
    expect((await on.suggest(sixth!, on.admin)).allowance.additions).toBe(4);
  });

  test("can be voted for at once, and the additions survive the votes", async () => {
    await using on = await stage();
    const { setlistSongId } = await on.suggest(on.show.catalogueSongIds[0]!, on.admin);
    const fan = allowed(on.admin, "vote");
    expect(await on.writer.run("castVotes", { fan, setlistSongId })).toMatchObject({ allowance: { show: 9, additions: 4 } });
    expect(await on.writer.run("retractVotes", { fan, setlistSongId })).toMatchObject({ allowance: { show: 10, additions: 4 } });
  });

  test("twice at once is added once", async () => {
    await using on = await stage();
    const song = on.show.catalogueSongIds[0]!;
    const outcomes = await Promise.allSettled([on.suggest(song), on.suggest(song, on.admin)]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(await on.events()).toHaveLength(1);
    expect(await on.database.rows("SELECT user_id FROM show_allowances")).toHaveLength(1);
  });

  test("is refused with a reason and changes nothing", async () => {
    await using on = await stage();
    const other = await buildShow(on.database);
    const [onBallot] = await on.database.rows("SELECT song_id AS id FROM setlist_songs WHERE show_id = ?", on.show.showId);
    const song = on.show.catalogueSongIds[0]!;
    expect(await reasonOf(on.suggest(Number(onBallot!["id"])))).toBe("already_on_ballot");
    expect(await reasonOf(on.suggest(other.catalogueSongIds[0]!))).toBe("not_found");
    expect(await reasonOf(on.suggest(999_999))).toBe("not_found");
    expect(await reasonOf(on.suggest(song, undefined, "no-such-show"))).toBe("not_found");
    on.writer.clock.set("2026-06-14T18:00:00Z");
    expect(await reasonOf(on.suggest(song))).toBe("voting_closed");
    expect(await on.events()).toEqual([]);
    expect(await on.database.rows("SELECT * FROM show_allowances")).toEqual([]);
  });
});

describe("an admin", () => {
  const closesAt = "2026-06-14T18:00:00.000Z";

  test("locks and unlocks voting; the audit log says who, when, why and from what to what", async () => {
    await using on = await stage();
    const change = { admin: allowed(on.admin, "manage-shows", "admin"), show: on.show.slug };
    const vote = () => on.writer.run("castVotes", { fan: allowed(on.admin, "vote"), setlistSongId: on.show.setlistSongIds[0]! });
    expect(await on.writer.run("lockVoting", { ...change, note: "Bots" })).toMatchObject({ open: false, reason: "locked" });
    expect(await vote()).toEqual({ verdict: "refused", reason: "voting_closed" });
    on.writer.clock.advance(1_000);
    expect(await on.writer.run("unlockVoting", { ...change, note: "Gone" })).toMatchObject({ open: true, reason: null });
    expect(await vote()).toMatchObject({ verdict: "counted" });
    const subject = { actor_id: on.admin, subject: "show", subject_id: on.show.showId };
    const at = Date.parse("2026-06-13T12:00:00Z");
    const [open, locked] = [{ closesAt, locked: false }, { closesAt, locked: true }];
    expect(await on.audits()).toEqual([
      { id: 1, at, action: "voting.lock", ...subject, details: { note: "Bots", before: open, after: locked } },
      { id: 2, at: at + 1_000, action: "voting.unlock", ...subject, details: { note: "Gone", before: locked, after: open } },
    ]);
    expect((await on.events()).map((event) => event["kind"])).toEqual(["voting.changed", "voting.changed", "tally.changed"]);
  });

  test("moves the close and puts it back to the start", async () => {
    await using on = await stage();
    const change = { admin: allowed(on.admin, "manage-shows", "admin"), show: on.show.showId, note: "" };
    const moved = Date.parse("2026-06-14T20:00:00Z");
    expect(await on.writer.run("moveClose", { ...change, closesAt: moved })).toMatchObject({ open: true, closesAt: moved });
    on.writer.clock.set("2026-06-14T19:00:00Z");
    const vote = () => on.writer.run("castVotes", { fan: allowed(on.admin, "vote"), setlistSongId: on.show.setlistSongIds[0]! });
    expect(await vote(), "after the start, before the moved close").toMatchObject({ verdict: "counted" });
    expect(await on.writer.run("moveClose", { ...change, closesAt: null })).toEqual({
      open: false,
      closesAt: Date.parse(closesAt),
      reason: "closed",
    });
    expect(await on.database.rows("SELECT close_moved AS moved FROM predicted_setlists")).toEqual([{ moved: 0 }]);
    expect((await on.audits()).map((entry) => entry.details)).toMatchObject([
      { before: { closesAt }, after: { closesAt: "2026-06-14T20:00:00.000Z" } },
      { before: { closesAt: "2026-06-14T20:00:00.000Z" }, after: { closesAt } },
    ]);
  });

  test("can't do so for a show that is not there, and leaves no trace of trying", async () => {
    await using on = await stage();
    const change = { admin: allowed(on.admin, "manage-shows", "admin"), show: "no-such-show", note: "" };
    expect(await reasonOf(on.writer.run("lockVoting", change))).toBe("not_found");
    expect(await on.audits()).toEqual([]);
    expect(await on.events()).toEqual([]);
  });
});
