import { expect, test } from "vitest";
import { buildShow } from "#tests/support/builders.ts";
import { startMergeStage, type MergeStage } from "#tests/support/merge-stage.ts";

interface Found {
  subject: number;
  other?: number;
  record?: string;
  confidence: number;
  status: string;
}

async function found(on: MergeStage, matches: Found[]): Promise<void> {
  await on.database.change(async (tx) => {
    for (const { subject, other, record, confidence, status } of matches) {
      const side = record === undefined ? "NULL, NULL" : `'spotify', '${record}'`;
      await tx.run(`INSERT INTO matches (kind, subject_id, other_id, provider, provider_id, confidence, evidence, status, found_at)
        VALUES ('artist', ${subject}, ${other ?? "NULL"}, ${side}, ${confidence}, '{"list":[]}', '${status}', 0)`);
    }
  });
}

const matches = async (on: MergeStage) =>
  (await on.database.rows("SELECT subject_id AS a, other_id AS b, provider_id AS record, confidence, status, decided_by AS by FROM matches ORDER BY 1, 2, 3")).map((row) => Object.values(row));

test("matches go along with what is merged: what was rejected stays so, and an undone merge is never made again unasked", async () => {
  await using on = await startMergeStage();
  const ids: number[] = [];
  for (const artist of ["A", "B", "C", "D", "E"]) ids.push((await buildShow(on.database, { artist })).artistId);
  const [a, b, c, d, e] = ids as [number, number, number, number, number];
  await found(on, [
    { subject: a, other: c, confidence: 0.7, status: "rejected" },
    { subject: a, other: d, confidence: 0.7, status: "review" },
    { subject: a, other: e, confidence: 0.8, status: "review" },
    { subject: c, other: e, confidence: 0.9, status: "review" },
    { subject: b, other: e, confidence: 0.65, status: "rejected" },
    { subject: a, record: "x", confidence: 0.8, status: "review" },
    { subject: e, record: "x", confidence: 0.7, status: "review" },
    { subject: a, record: "y", confidence: 0.7, status: "review" },
  ]);
  const before = await matches(on);
  const merge = await on.merge("artist", a, e);
  expect(await matches(on)).toEqual([
    [a, e, null, 0.8, "approved", on.moderator],
    [b, e, null, 0.65, "rejected", null],
    [c, e, null, 0.7, "rejected", null],
    [d, e, null, 0.7, "review", null],
    [e, null, "x", 0.8, "review", null],
    [e, null, "y", 0.7, "review", null],
  ]);
  await on.undo(merge);
  const rejected = [a, e, null, 0.8, "rejected", on.moderator];
  expect(await matches(on)).toEqual(before.map((row) => (row[0] === a && row[1] === e ? rejected : row)));
  const other = await on.merge("artist", b, c);
  await on.undo(other);
  expect(await matches(on), "also where none had been found").toContainEqual([b, c, null, 0, "rejected", on.moderator]);
});
