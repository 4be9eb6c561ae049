import { expect, test } from "vitest";
import { openWriter } from "#db/client.ts";
import type { Figure } from "./figure.ts";
import { fillDisk } from "./full-disk.ts";
import { holdTheLock } from "./held-lock.ts";
import { killAgainAndAgain } from "./kill.ts";
import { Ledger } from "./ledger.ts";
import { losePower, record, replay } from "./power-loss.ts";
import { diskErrors, failDisk } from "./refused-writes.ts";
import { besiege, descriptorLimit } from "./siege.ts";
import { setStage } from "./stage.ts";
import { stopUnderLoad } from "./stop.ts";
import { hasStrace } from "./strace.ts";

function expectSurvived(figure: Figure): void {
  expect(figure.problems).toEqual([]);
  expect(figure).toMatchObject({ survived: figure.tried, lost: 0 });
  expect(figure.tried).toBeGreaterThan(0);
}

test("killed under load, the program has every vote that it acknowledged, and streams go on from where they were", async () => {
  expectSurvived(await killAgainAndAgain({ times: 2 }));
});

test.skipIf(!hasStrace)("when the power goes at any sync, every acknowledged vote is on disk", async () => {
  expectSurvived(await losePower({ seconds: 0.5, points: 16 }));
});

test.skipIf(!hasStrace)("a disk that only says it has synced loses votes, and that is noticed", async () => {
  using stage = await setStage({ fans: 100, fickle: 0, connections: 4 });
  const recorded = await record(stage, 0.3);
  expect((await replay(recorded, stage.folder, { points: 10, seed: 1, lying: true })).lost).toBeGreaterThan(0);
});

test.skipIf(!hasStrace)("while a sync fails votes are refused with a 503, pages are served and /readyz tells; then all goes on", async () => {
  expectSurvived(await failDisk(diskErrors.filter(({ name }) => name === "fsync:error=EIO")));
});

test("while the disk is full votes are refused with a 503, pages are served and /readyz tells; then all goes on", async (context) => {
  const figure = await fillDisk({ times: 1 });
  if (figure === null) return context.skip("only root may mount a disk of its own");
  expectSurvived(figure);
});

test("votes that wait for another process's lock are counted within a second of its end", async () => {
  expectSurvived(await holdTheLock({ times: 1, seconds: 2 }));
});

test("stopped under load, the program answers what is under way and ends with 0", async () => {
  expectSurvived(await stopUnderLoad({ times: 1 }));
});

test.runIf(process.platform === "linux")("at its limit of descriptors the program serves who is connected, and everyone again afterwards", async () => {
  expectSurvived(await besiege(descriptorLimit(200), 1));
});

test("a vote that is not there, or that nobody cast, is noticed", async () => {
  using stage = await setStage({ fans: 10, shows: 1 });
  const told = new Ledger();
  told.acknowledge({ fan: 1, setlistSongId: 1 }, true);
  told.ask({ fan: 2, setlistSongId: 1 });
  expect(await told.compare(stage.url)).toMatchObject({ lost: ["1 1: told true"], invented: [], unanswered: 0 });
  const writer = await openWriter(stage.url);
  await writer.client.execute("INSERT INTO show_allowances (user_id, show_id, votes) VALUES (3, 1, 1)");
  await writer.client.execute("INSERT INTO votes (show_id, user_id, setlist_song_id, cast_at) VALUES (1, 3, 1, 0)");
  writer.close();
  const found = await new Ledger().compare(stage.url);
  expect(found.invented).toEqual(["3 1"]);
  expect(found.damage).toHaveLength(2);
});
