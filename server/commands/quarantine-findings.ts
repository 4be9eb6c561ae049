import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { markChecked } from "#db/queries/fraud-facts.ts";
import { audit } from "#db/queries/journal.ts";
import { addFansToCase, fansInCases, insertCase, updateCase } from "#db/queries/quarantine.ts";
import { isQuarantined, type Finding } from "../domain/fraud.ts";
import { moveAndAnnounce } from "./quarantine-decide.ts";

/** What looking at one show has found, and the tally version that was looked at. */
export interface ShowFindings {
  showId: number;
  tallyVersion: number;
  findings: readonly Finding[];
}

/**
 * Opens a case for each finding, or adds its new fans to the undecided case that they belong to, and
 * holds the votes of those above the high threshold. A fan stays in the first case of the show. The
 * ids of the cases touched.
 */
export const recordFindings = command<ShowFindings, number[]>(async (tx, { input, now }) => {
  const { showId, tallyVersion, findings } = input;
  await markChecked(tx, { showId, tallyVersion, checkedAt: now });
  const touched: number[] = [];
  for (const finding of findings) {
    const id = await record(tx, showId, finding, now);
    if (id !== null) touched.push(id);
  }
  return touched;
});

async function record(tx: Transaction, showId: number, finding: Finding, now: number): Promise<number | null> {
  const known = new Map((await fansInCases(tx, showId)).map((fan) => [fan.userId, fan]));
  const fresh = finding.userIds.filter((userId) => !known.has(userId));
  const open = finding.userIds.map((userId) => known.get(userId)).find((fan) => fan && fan.decision === null);
  const worse = open !== undefined && finding.score > open.score;
  if (fresh.length === 0 && !worse) return null;
  const facts = { score: finding.score, signals: [...finding.signals] };
  const caseId = open?.caseId ?? (await insertCase(tx, { showId, openedAt: now, ...facts }));
  await addFansToCase(tx, { caseId, showId, userIds: fresh });
  if (worse) await updateCase(tx, caseId, facts);
  if (isQuarantined(Math.max(finding.score, open?.score ?? 0))) await holdAll(tx, { showId, caseId }, now);
  return caseId;
}

async function holdAll(tx: Transaction, { showId, caseId }: { showId: number; caseId: number }, now: number) {
  const members = (await fansInCases(tx, showId)).filter((fan) => fan.caseId === caseId);
  const userIds = members.map((fan) => fan.userId);
  const moved = await moveAndAnnounce(tx, { showId, userIds, heldAt: now }, now);
  if (moved.fans === 0) return;
  await updateCase(tx, caseId, { heldAt: now });
  const details = { show: showId, ...moved };
  const action = "quarantine.hold";
  await audit(tx, { at: now, actorId: null, action, subject: "quarantine_case", subjectId: caseId, details });
}
