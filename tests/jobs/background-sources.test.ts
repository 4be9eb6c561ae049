import pino from "pino";
import { expect, test } from "vitest";
import { backgroundSources } from "#jobs/tasks/background-sources.ts";
import { PutOff } from "#jobs/tasks/job.ts";
import type { Sources } from "#jobs/tasks/sources.ts";
import { Runner } from "#jobs/runner.ts";
import { queued } from "#jobs/definitions.ts";
import { jobHandlers } from "#server/job-handlers.ts";
import { createSources } from "#server/sources.ts";
import { readWork } from "#server/views/jobs.ts";
import { providersOf, startSyncStage, type SyncStage } from "#tests/support/sync-stage.ts";

const quiet = pino({ level: "silent" });

/** A runner that may ask setlist.fm so many times a day. */
function runnerWithQuota({ database: { reader }, write, clock, sandbox }: SyncStage, daily: number): Runner {
  const all = providersOf(sandbox);
  const providers = { ...all, setlistfm: { ...all.setlistfm!, daily } };
  const sources = createSources({ config: { sync: true, providers }, reader, write, log: quiet, now: clock.now, onRequest: () => {} });
  return new Runner({
    write,
    look: (wanted, now) => readWork(reader, wanted, now),
    handlers: jobHandlers({ reader, write, sources, now: clock.now }),
    owner: "with a quota",
    log: quiet,
    now: clock.now,
    elapsed: () => 0,
    random: () => 0.5,
    memory: () => 0,
    repeat: () => () => {},
  });
}

test("from four fifths of the day's quota on, refreshes wait for midnight in UTC, and what fans ask for comes in", async () => {
  await using stage = await startSyncStage({ artists: 2 });
  const [one, other] = stage.world.artists;
  await stage.ask({ name: one!.name });
  await stage.work();
  const used = async () => {
    const [row] = await stage.database.rows("SELECT requests FROM provider_days WHERE provider = 'setlistfm'");
    return Number(row?.requests);
  };
  const before = await used();
  // Exactly four fifths, and room for the second import.
  await stage.database.change(async (tx) => void (await tx.run("UPDATE provider_days SET requests = 800 WHERE provider = 'setlistfm'")));
  const runner = runnerWithQuota(stage, 1_000);
  const [id] = await stage.write("enqueueJobs", [{ ...queued("refresh-artist", "1 setlists", { artistId: 1, what: "setlists" }), runAt: 0 }]);
  runner.poll();
  await runner.idle();
  const [job] = await stage.database.rows("SELECT state, run_at, attempts, error FROM jobs WHERE id = ?", id!);
  expect(job).toMatchObject({ state: "queued", run_at: Date.parse("2026-06-14T00:00:00Z"), attempts: 0 });
  expect([before > 0, await used()]).toEqual([true, 800]);
  const { importId } = await stage.ask({ name: other!.name });
  runner.poll();
  await runner.idle();
  const [row] = await stage.database.rows("SELECT phase FROM imports WHERE id = ?", importId);
  expect([row?.phase, (await used()) > 800]).toEqual(["done", true]);
});

test("nobody's provider is asked in the background while the site is busy", async () => {
  const asked: string[] = [];
  const setlistfm = {
    showSetlists: async () => void asked.push("show"),
    async *artistSetlistPages() {
      asked.push("page");
      yield {};
    },
  };
  const all = { setlistfm, musicbrainz: null, ticketmaster: null, spotify: null, states: async () => [] } as unknown as Sources;
  let busy = true;
  const { setlistfm: patient, spotify } = backgroundSources(all, { isBusy: () => busy, now: () => 0 });
  expect(spotify).toBeNull();
  const ask = () => patient!.showSetlists({ artistId: "a", localDate: "2026-06-13" });
  await expect(ask()).rejects.toBeInstanceOf(PutOff);
  await expect(patient!.artistSetlistPages("a").next()).rejects.toBeInstanceOf(PutOff);
  expect(asked).toEqual([]);
  busy = false;
  await ask();
  await patient!.artistSetlistPages("a").next();
  expect(asked).toEqual(["show", "page"]);
});
