import { expect, test, vi } from "vitest";
import { AppError } from "#server/domain/errors.ts";
import type { Provider } from "#server/domain/provider-records.ts";
import { catalogueRows } from "#tests/support/catalogue-rows.ts";
import type { FaultRule } from "#tests/support/sandbox/faults.ts";
import { startSyncStage, type StageOptions, type SyncStage } from "#tests/support/sync-stage.ts";

vi.setConfig({ testTimeout: 60_000 });

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SIZE = { artists: [{ recordings: 220, works: 60, albums: 6, upcomingShows: 12, pastShows: 70 }] } satisfies StageOptions;
/** Counted by what they hold, whatever order they came in. */
const FOUND = `SELECT (SELECT count(*) FROM song_variants WHERE provider = 'musicbrainz') AS recordings, (SELECT count(*) FROM song_variants WHERE provider = 'spotify') AS tracks,
  (SELECT count(*) FROM albums) AS albums, (SELECT count(*) FROM show_identities) AS events, (SELECT count(*) FROM actual_setlists) AS setlists, (SELECT count(*) FROM played_songs) AS played`;

async function found(stage: SyncStage) {
  const [row] = (await stage.database.rows(FOUND)) as [Record<string, number>];
  return row;
}

async function importRow({ database }: SyncStage) {
  const [row] = (await database.rows("SELECT i.phase, i.counts, i.problem, j.state, j.run_at AS runAt, j.error, j.attempts FROM imports i JOIN jobs j ON j.id = i.job_id")) as [
    { phase: string; counts: string; problem: string | null; state: string; runAt: number; error: string | null; attempts: number },
  ];
  return row;
}

async function begin(stage: SyncStage): Promise<void> {
  await stage.ask({ name: stage.world.artists[0]!.name });
}

/** Works and lets the time go by until the import is over, or for so long. */
async function workFor(stage: SyncStage, ms: number): Promise<void> {
  for (const end = stage.clock.now() + ms; ; stage.clock.advance(MINUTE_MS)) {
    await stage.work();
    const { state } = await importRow(stage);
    if (state !== "queued" || stage.clock.now() >= end) return;
  }
}

async function calm() {
  await using stage = await startSyncStage(SIZE);
  await begin(stage);
  await stage.work();
  return { found: await found(stage), rows: await catalogueRows((sql) => stage.database.rows(sql)) };
}

const all = await calm();

const LISTS: [Provider, (keyof typeof all.found)[]][] = [
  ["setlistfm", ["setlists", "played"]],
  ["ticketmaster", ["events"]],
  ["spotify", ["tracks"]],
];

test.each(LISTS)("while %s is down for an hour all else comes in, and the rest when it answers again", async (provider, lists) => {
  await using stage = await startSyncStage(SIZE);
  await stage.sandbox.down(provider);
  await begin(stage);
  await workFor(stage, HOUR_MS);
  const meanwhile = await found(stage);
  for (const list of lists) expect(meanwhile[list], list).toBe(0);
  expect(meanwhile.recordings).toBe(all.found.recordings);
  expect((await importRow(stage)).state).toBe("queued");
  expect(stage.lines.some(({ breaker }) => breaker === "open")).toBe(true);
  await stage.sandbox.up(provider);
  await workFor(stage, HOUR_MS);
  expect((await importRow(stage)).phase).toBe("done");
  expect(await found(stage)).toEqual(all.found);
});

test("while MusicBrainz, who says who is meant, is down, an import waits and then comes in whole", async () => {
  await using stage = await startSyncStage(SIZE);
  await stage.sandbox.down("musicbrainz");
  await begin(stage);
  await workFor(stage, HOUR_MS);
  expect(await importRow(stage)).toMatchObject({ state: "queued", problem: null });
  await stage.sandbox.up("musicbrainz");
  await workFor(stage, HOUR_MS);
  expect(await found(stage)).toEqual(all.found);
});

const PASSING: [string, Omit<FaultRule, "provider">][] = [
  ["cut answers", { fault: "cut", share: 0.2 }],
  ["pages of HTML", { fault: "html", share: 0.2 }],
  ["broken connections", { fault: "break", share: 0.2 }],
  ["truncated bodies", { fault: "truncate", share: 0.2 }],
  ["wrong lengths", { fault: "length", share: 0.2 }],
  ["empty answers", { fault: "empty", share: 0.2 }],
  ["errors", { fault: "error", status: 500, share: 0.2 }],
  ["being told to wait", { fault: "error", status: 503, share: 0.2 }],
  ["too many requests", { fault: "error", status: 429, share: 0.2 }],
  ["slow answers", { fault: "slow", ms: 5_000, share: 0.5 }],
];

test.each(PASSING)("through %s an import comes in whole", async (_, rule) => {
  await using stage = await startSyncStage(SIZE);
  stage.sandbox.faults.add(rule);
  await begin(stage);
  await workFor(stage, 6 * HOUR_MS);
  expect(await importRow(stage)).toMatchObject({ phase: "done", problem: null });
  expect(await found(stage)).toEqual(all.found);
});

test("answers that never come are given up, and the import goes on", async () => {
  await using stage = await startSyncStage({ ...SIZE, patience: { timeoutMs: 150 } });
  stage.sandbox.faults.add({ fault: "hang", next: 3 });
  await begin(stage);
  await workFor(stage, HOUR_MS);
  expect(await found(stage)).toEqual(all.found);
});

test("an import that reaches a day's quota goes on after midnight", async () => {
  await using stage = await startSyncStage({ ...SIZE, setlistsADay: 3 });
  await begin(stage);
  await workFor(stage, 30 * MINUTE_MS);
  const evening = await found(stage);
  expect(evening.setlists).toBeGreaterThan(0);
  expect(evening.setlists).toBeLessThan(all.found.setlists!);
  const { runAt } = await importRow(stage);
  expect(new Date(runAt).toISOString().slice(0, 10)).toBe("2026-06-14");
  await workFor(stage, 3 * 24 * HOUR_MS);
  expect(await importRow(stage)).toMatchObject({ phase: "done" });
  expect(await found(stage)).toEqual(all.found);
});

test("Spotify's used-up quota holds up nothing else, and its part comes in later", async () => {
  await using stage = await startSyncStage(SIZE);
  stage.sandbox.limits.exhaust("spotify", true);
  await begin(stage);
  await workFor(stage, 30 * MINUTE_MS);
  expect(await found(stage)).toMatchObject({ tracks: 0, setlists: all.found.setlists, events: all.found.events });
  expect((await importRow(stage)).error).toMatch(/Spotify/i);
  stage.sandbox.limits.exhaust("spotify", false);
  await workFor(stage, 2 * 24 * HOUR_MS);
  expect(await found(stage)).toEqual(all.found);
});

const KEYS = { setlistfm: { setlistfm: "other" }, ticketmaster: { ticketmaster: "other" }, spotify: { clientSecret: "other" } };

test.each(Object.keys(KEYS) as (keyof typeof KEYS)[])("with a key that %s does not take, the rest comes in and the figures tell", async (provider) => {
  await using stage = await startSyncStage(SIZE);
  Object.assign(stage.sandbox.keys, KEYS[provider]);
  await begin(stage);
  await workFor(stage, HOUR_MS);
  const row = await importRow(stage);
  expect(row).toMatchObject({ phase: "done" });
  expect((await found(stage)).recordings).toBe(all.found.recordings);
  expect(row.counts).toContain(`${provider}_not_allowed`);
});

test("while the disk is full an import waits, and goes on from where it was", async () => {
  await using stage = await startSyncStage(SIZE);
  await begin(stage);
  let writes = 0;
  const full = stage.runner("a full disk", async (name, input) => {
    // As the writer's thread tells that the file can't be written.
    if ((writes += 1) > 40 && writes < 90) throw new AppError({ kind: "busy", reason: "not_writable", message: "Nothing can be saved right now. Try again in a moment." });
    return stage.write(name, input);
  });
  for (let i = 0; i < 120 && (await importRow(stage)).phase !== "done"; i += 1) {
    full.poll();
    await full.idle();
    stage.clock.advance(2 * MINUTE_MS);
  }
  expect(await importRow(stage)).toMatchObject({ phase: "done", problem: null });
  expect(await catalogueRows((sql) => stage.database.rows(sql))).toEqual(all.rows);
});
