import { beforeEach, describe, expect, test } from "vitest";
import { setlistRecord, showRecord, startCatalogueStage, type CatalogueStage } from "#tests/support/catalogue-stage.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { eventsSince, lastSeq } from "#tests/support/outbox.ts";

const DAY = "2026-07-01";
let on: CatalogueStage;

beforeEach(async () => {
  on = await startCatalogueStage();
  return () => on[Symbol.asyncDispose]();
});

/** A show in Leipzig on the 1st of July, at 20:00 or whenever. */
const announce = (startsAt: string | null) => on.shows([showRecord({ id: "E1", startsAt: startsAt === null ? null : Date.parse(startsAt), localTime: null })]);
const store = (version: string, localDate: string, titles = ["Dawn"]) => on.setlists([setlistRecord({ id: "s", version, localDate }, titles)]);
const locked = async () => (await on.database.rows("SELECT locked_at IS NOT NULL AS locked FROM predicted_setlists WHERE show_id = 1"))[0]!["locked"] === 1;
const songs = async () => (await on.database.rows("SELECT title FROM played_songs")).map(({ title }) => title);
const log = async () => (await on.database.rows("SELECT action FROM audit_log WHERE subject = 'show' AND subject_id = 1 AND action LIKE 'voting%' ORDER BY id")).map(({ action }) => action);

describe("a provider's setlist on the day of its show", () => {
  test("waits without its songs, untold, and leaves voting open until the start that is known", async () => {
    await announce("2026-07-01T18:00:00Z");
    on.clock.set("2026-07-01T17:59:59Z");
    const seq = await lastSeq(on.database);
    await store("1", DAY);
    expect([await locked(), await songs(), await eventsSince(on.database, seq)]).toEqual([false, [], []]);
    expect(await store("1", DAY)).toBe(0);
    on.clock.set("2026-07-01T18:00:00Z");
    expect(await store("1", DAY)).toBe(1);
    expect([await locked(), await songs()]).toEqual([false, ["Dawn"]]);
  });

  test("where no start is known waits until noon at the venue, and locks voting from then on", async () => {
    await announce(null);
    on.clock.set("2026-07-01T09:59:59Z");
    await store("1", DAY);
    expect([await locked(), await songs()]).toEqual([false, []]);
    on.clock.set("2026-07-01T10:00:00Z");
    await store("1", DAY);
    expect([await locked(), await songs()]).toEqual([true, ["Dawn"]]);
  });
});

describe("a setlist that had locked voting and turns out to be of another night", () => {
  beforeEach(async () => {
    await announce(null);
    on.clock.set("2026-07-01T15:00:00Z");
    await store("1", DAY);
    expect(await locked()).toBe(true);
  });

  test("lets voting go on, and the audit log and open pages say so", async () => {
    const seq = await lastSeq(on.database);
    await store("2", "2026-06-30");
    expect(await locked()).toBe(false);
    expect(await log()).toEqual(["voting.lock", "voting.unlock"]);
    const window = { closesAt: "2026-07-01T22:00:00.000Z", locked: false };
    expect((await eventsSince(on.database, seq)).filter(({ kind }) => kind === "voting.changed")).toEqual([{ kind: "voting.changed", show: 1, payload: window }]);
  });

  test("leaves voting locked where somebody has locked it besides", async () => {
    const [admin] = await buildFans(on.database, 1);
    on.clock.advance(60_000);
    await on.run("lockVoting", { admin: allowed(admin!, "manage-shows", "admin"), show: 1, note: "Doors are open" });
    await store("2", "2026-06-30");
    expect([await locked(), await log()]).toEqual([true, ["voting.lock", "voting.lock"]]);
  });

  test("leaves voting locked where another account tells what was played", async () => {
    await on.run("recordSetlist", { by: null, show: 1, sets: [{ name: null, encore: null, songs: [{ title: "Dusk", songId: null, coverOf: null, guest: null, tape: false, note: null, segue: false, medley: null }] }], note: null, finished: false });
    await store("2", "2026-06-30");
    expect(await locked()).toBe(true);
  });

  test("changes nothing once the close has come by itself", async () => {
    on.clock.set("2026-07-01T22:00:00Z");
    await store("2", "2026-06-30");
    expect([await locked(), await log()]).toEqual([true, ["voting.lock"]]);
  });

  test("but one without its songs for a while, at the same show, leaves voting locked", async () => {
    await store("2", DAY, []);
    expect(await locked()).toBe(true);
  });
});

test("a show that moves to another night together with the setlist that made it and locked it can be voted on again", async () => {
  on.clock.set("2026-07-01T15:00:00Z");
  await store("1", DAY);
  expect(await locked()).toBe(true);
  await store("2", "2026-07-09");
  expect(await on.database.rows("SELECT local_date AS day FROM shows")).toEqual([{ day: "2026-07-09" }]);
  expect([await locked(), await songs()]).toEqual([false, []]);
});
