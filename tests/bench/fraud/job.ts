/**
 * How long looking at one big show keeps the main thread: `node tests/bench/fraud/job.ts [fans]` builds a
 * show with that many fans and three to ten votes each, and prints the processor time in all and of the
 * stretches between pauses; libSQL reads on the thread that asks, so the time of a quiet machine is about the same.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openReader, openWriter } from "#db/client.ts";
import { migrate, readMigrations } from "#db/migrate.ts";
import * as demo from "#db/queries/demo.ts";
import { insertVotes } from "#db/queries/votes.ts";
import { seededRandom } from "#server/domain/demo-votes.ts";
import { findFraud } from "#server/domain/fraud.ts";
import { utcDay } from "#server/domain/voting.ts";
import { readShowFacts } from "#server/views/quarantine-facts.ts";
import { honestCrowd } from "#tests/support/fraud-crowds.ts";

const FANS = Number(process.argv[2] ?? 20_000);
const SONGS = 40;
const RUNS = 15;

const folder = mkdtempSync(join(tmpdir(), "theset-fraud-"));
const url = `file:${join(folder, "fraud.db")}`;

async function build(): Promise<number> {
  const writer = await openWriter(url);
  await migrate(writer.client, readMigrations("db/migrations"));
  const crowd = honestCrowd({ fans: FANS, songs: SONGS, young: 0.3, together: 1, within: 7_200_000 }, seededRandom(1));
  const showId = await writer.db.transaction(async (tx) => {
    const [artist] = await demo.insertArtists(tx, [{ name: "A", searchName: "a", slug: "a", genre: "Rock", country: "GB" }]);
    const place = { city: "X", country: "GB", latitude: 0, longitude: 0, timeZone: "UTC" };
    const [venue] = await demo.insertVenues(tx, [{ name: "V", slug: "v", ...place }]);
    const [show] = await demo.insertShows(tx, [{ slug: "s", artistId: artist!.id, venueId: venue!.id, localDate: "2026-06-14" }]);
    const id = show!.id;
    await demo.insertPredictedSetlists(tx, [{ showId: id, closesAt: 9e12, createdAt: 0 }]);
    const titles = Array.from({ length: SONGS }, (_, i) => ({ artistId: artist!.id, title: `${i}`, searchTitle: `${i}`, likelihoodRank: i }));
    const songs = await demo.insertSongs(tx, titles);
    const setlist = await demo.insertSetlistSongs(tx, songs.map((song, i) => ({ showId: id, songId: song.id, position: i + 1 })));
    const rows = crowd.map((fan, i) => ({ email: `${i}@example.org`, displayName: `${i}`, createdAt: Math.floor(fan.firstCastAt - fan.delay) }));
    const fans = await demo.insertFans(tx, rows);
    for (let i = 0; i < crowd.length; i += 500) {
      await insertVotes(
        tx,
        crowd.slice(i, i + 500).flatMap((fan, k) =>
          fan.votes.map(({ setlistSongId, castAt }) => {
            const vote = { userId: fans[i + k]!.id, setlistSongId: setlist[setlistSongId]!.id, showId: id };
            return { ...vote, day: utcDay(castAt), castAt, network: fan.network };
          }),
        ),
      );
    }
    return id;
  });
  writer.close();
  return showId;
}

const showId = await build();
const reader = await openReader(url);
const totals: number[] = [];
const stretches: number[] = [];
for (let run = 0; run < RUNS; run += 1) {
  let total = 0;
  let since = process.cpuUsage();
  const pause = () => {
    const { user, system } = process.cpuUsage(since);
    const stretch = (user + system) / 1_000;
    stretches.push(stretch);
    total += stretch;
    since = process.cpuUsage();
    return Promise.resolve();
  };
  const { suspects, crowd } = await readShowFacts(reader.db, showId, pause);
  findFraud(suspects, crowd);
  await pause();
  totals.push(total);
}
reader.close();
rmSync(folder, { recursive: true });
const at = (samples: number[], part: number) => samples.sort((a, b) => a - b)[Math.floor((samples.length - 1) * part)]!.toFixed(1);
console.log(`${FANS} fans on one show: median ${at(totals, 0.5)} ms in all; stretches without a pause: median ${at(stretches, 0.5)} ms, p95 ${at(stretches, 0.95)} ms, most ${at(stretches, 1)} ms`);
