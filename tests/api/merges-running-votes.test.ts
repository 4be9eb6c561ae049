import fc from "fast-check";
import { expect, test } from "vitest";
import { returnVotes } from "#db/queries/returned-votes.ts";
import { DAY_MS, utcDay } from "#server/domain/voting.ts";
import { verifyCounters } from "#server/views/verify-counters.ts";
import { buildShow, titles } from "#tests/support/builders.ts";
import { buildFans } from "#tests/support/fans.ts";
import { addShow, ballotOf, startMergeStage, type MergeStage } from "#tests/support/merge-stage.ts";

const SONGS = titles(14);

interface Scene {
  on: MergeStage;
  /** The show that goes and the one that stays. */
  from: number;
  into: number;
  fans: number[];
  songIds: number[];
  cast: number;
  retracted: number;
  /** Standing merges, the latest last. */
  merges: number[];
  /** What makes one show of the two. */
  join: { kind: "show" | "artist"; from: number; into: number };
}

/** Two shows of one artist whose ballots share eight of their eleven songs. */
async function build(on: MergeStage): Promise<Scene> {
  const stays = await buildShow(on.database, { ballot: SONGS.slice(0, 11), catalogue: SONGS.slice(11) });
  const goes = await addShow(on.database, stays.artistId, { titles: SONGS.slice(3), day: 1 });
  const fans = await buildFans(on.database, 3);
  const rows = await on.database.rows("SELECT id FROM songs WHERE artist_id = ? ORDER BY id", stays.artistId);
  const join = { kind: "show", from: goes.showId, into: stays.showId } as const;
  return { on, from: goes.showId, into: stays.showId, fans, songIds: rows.map(({ id }) => Number(id)), cast: 0, retracted: 0, merges: [], join };
}

/** The same of two artists who are one, with a show each of one night at one place. */
async function buildArtists(on: MergeStage): Promise<Scene> {
  const stays = await buildShow(on.database, { ballot: SONGS.slice(0, 11), catalogue: [] });
  const goes = await buildShow(on.database, { ballot: SONGS.slice(3), catalogue: [] });
  await on.database.change(async (tx) => void (await tx.run(`UPDATE shows SET venue_id = (SELECT min(venue_id) FROM shows)`)));
  const fans = await buildFans(on.database, 3);
  const join = { kind: "artist", from: goes.artistId, into: stays.artistId } as const;
  return { on, from: goes.showId, into: stays.showId, fans, songIds: [], cast: 0, retracted: 0, merges: [], join };
}

type Step =
  | { do: "vote" | "retract"; fan: number; show: "from" | "into"; song: number }
  | { do: "merge" }
  | { do: "cancel"; show: "from" | "into"; hours: number }
  | { do: "merge songs"; a: number; b: number }
  | { do: "undo" };

const fanStep = fc.record({ do: fc.constantFrom("vote" as const, "vote" as const, "vote" as const, "retract" as const), fan: fc.nat({ max: 2 }), show: fc.constantFrom("from" as const, "into" as const), song: fc.nat({ max: 13 }) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fanStep },
  { weight: 2, arbitrary: fc.constant({ do: "merge" as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const), show: fc.constantFrom("from" as const, "into" as const), hours: fc.constantFrom(0, 20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("merge songs" as const), a: fc.nat({ max: 13 }), b: fc.nat({ max: 13 }) }) },
  { weight: 2, arbitrary: fc.constant({ do: "undo" as const }) },
);

async function take(scene: Scene, now: Step): Promise<void> {
  const { on, fans, songIds, merges } = scene;
  on.clock.advance(1);
  if (now.do === "undo") {
    const last = merges.pop();
    if (last !== undefined) await on.undo(last);
  } else if (now.do === "merge") {
    const left = await on.number("SELECT count(*) FROM shows WHERE id IN (?, ?)", scene.from, scene.into);
    const { kind, from, into } = scene.join;
    if (left === 2) merges.push(await on.merge(kind, from, into));
  } else if (now.do === "cancel") {
    const at = on.clock.now();
    await on.database.change((tx) => returnVotes(tx, { showId: scene[now.show], day: utcDay(at), from: utcDay(at) * DAY_MS, now: at }));
    on.clock.advance(now.hours * 3_600_000);
  } else if (now.do === "merge songs") {
    const [a, b] = [songIds[now.a] ?? 0, songIds[now.b] ?? 0];
    if (a !== b && (await on.number("SELECT count(*) FROM songs WHERE id IN (?, ?)", a, b)) === 2) merges.push(await on.merge("song", a, b));
  } else {
    const place = (await ballotOf(on.database, scene[now.show])).get(SONGS[now.song]!);
    if (!place) return;
    const done = await on[now.do](fans[now.fan]!, place.id);
    if (done) scene[now.do === "vote" ? "cast" : "retracted"] += 1;
  }
}

/** Counters are right, nobody has more votes than the limit, and each vote is somewhere. */
async function isWhole({ on, cast, retracted }: Scene): Promise<void> {
  expect(await verifyCounters(on.database.reader)).toEqual({ damage: [], miscounts: [] });
  const standing = await on.number("SELECT count(*) FROM votes");
  const aside = await on.number("SELECT count(*) FROM merge_rows WHERE table_name = 'votes' AND what = 'dropped'");
  expect(standing + aside).toBe(cast - retracted);
  expect(await on.number("SELECT count(*) FROM (SELECT 1 FROM votes GROUP BY show_id, user_id HAVING count(*) > 10)")).toBe(0);
}

async function run(scene: Scene, steps: Step[]): Promise<void> {
  for (const now of steps) {
    await take(scene, now);
    if (now.do !== "vote" && now.do !== "retract") await isWhole(scene);
  }
  while (scene.merges.length > 0) await take(scene, { do: "undo" });
  await isWhole(scene);
  expect(await scene.on.number("SELECT count(*) FROM shows")).toBe(2);
}

const steps = fc.array(step, { minLength: 5, maxLength: 60 });

test("whatever fans do while shows and songs are merged, parted and merged again, no vote is lost or counted twice", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      await using on = await startMergeStage();
      await run(await build(on), all);
      expect(await on.number("SELECT count(*) FROM songs")).toBe(14);
    }),
    { numRuns: 40 },
  );
}, 120_000);

test("nor while artists are, with their songs and shows, and each artist's ballots hold its own songs afterwards", async () => {
  const foreign = "SELECT count(*) FROM setlist_songs b JOIN shows s ON s.id = b.show_id JOIN songs g ON g.id = b.song_id WHERE g.artist_id <> s.artist_id";
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      await using on = await startMergeStage();
      await run(await buildArtists(on), all);
      expect(await on.number(foreign)).toBe(0);
    }),
    { numRuns: 25 },
  );
}, 120_000);
