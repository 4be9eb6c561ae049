import { beforeEach, expect, test } from "vitest";
import type { Transaction } from "#db/client.ts";
import { claimJobs } from "#db/queries/jobs.ts";
import { followSetlist } from "#server/commands/setlists/follow-up.ts";
import { buildShow, type BuiltShow } from "#tests/support/builders.ts";
import { allowed, buildFans } from "#tests/support/fans.ts";
import { startDirectWriter, type DirectWriter } from "#tests/support/direct-writer.ts";

let writer: DirectWriter;
let show: BuiltShow;

beforeEach(async () => {
  writer = await startDirectWriter();
  show = await buildShow(writer.database);
  return () => writer[Symbol.asyncDispose]();
});

const change = <T>(run: (tx: Transaction) => Promise<T>) => writer.database.change(run);
const follow = (final: boolean) => change((tx) => followSetlist(tx, { showId: show.showId, artistId: show.artistId, final }, writer.clock.now()));

async function jobs(): Promise<string[]> {
  const rows = await writer.database.rows("SELECT name || ' ' || key AS job FROM jobs ORDER BY id");
  return rows.map(({ job }) => String(job));
}

async function vote(): Promise<void> {
  const [userId] = await buildFans(writer.database, 1);
  await writer.run("castVotes", { fan: allowed(userId!, "vote"), setlistSongId: show.setlistSongIds[0]! });
}

test("a setlist that is not final has its artist studied, and nobody scored", async () => {
  await vote();
  await follow(false);
  expect(await jobs()).toEqual([`study-artist ${show.artistId}`]);
});

test("a final setlist has its show scored where somebody has voted", async () => {
  await follow(true);
  expect(await jobs()).toEqual([`study-artist ${show.artistId}`]);
  await vote();
  await follow(true);
  await follow(true);
  expect(await jobs()).toEqual([`study-artist ${show.artistId}`, `score-show ${show.showId}`]);
});

test("what changes while the show is being scored is scored by a job that follows, one for all changes", async () => {
  await vote();
  await follow(true);
  const [running] = await change((tx) => claimJobs(tx, { lane: "scores", names: ["score-show"], limit: 1, owner: "a", leaseUntil: 1e15 }, writer.clock.now()));
  await follow(true);
  await follow(true);
  expect(await jobs()).toEqual([`study-artist ${show.artistId}`, `score-show ${show.showId}`, `score-show ${show.showId} after ${running!.id}`]);
});
