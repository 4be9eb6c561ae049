import { command } from "#db/command.ts";
import { appendEvents } from "#db/queries/events.ts";
import { findMiscounts, mendCounters, type Miscount } from "#db/queries/integrity.ts";
import { audit } from "#db/queries/journal.ts";
import { VOTES_PER_DAY, VOTES_PER_SHOW } from "../domain/voting.ts";

/** Mended counters that the audit log names one by one. */
const NAMED_AT_MOST = 100;

/**
 * Sets every counter to what the votes say, and tells the live pages of the shows whose tally that
 * moved; the counters that were wrong. An allowance is never set beyond its limit.
 */
export const repairCounters = command<void, Miscount[]>(async (tx, { now }) => {
  const wrong = await findMiscounts(tx);
  if (wrong.length === 0) return [];
  const shows = await mendCounters(tx, wrong, { perShow: VOTES_PER_SHOW, perDay: VOTES_PER_DAY });
  await appendEvents(
    tx,
    now,
    shows.map((show) => ({ kind: "tally.changed", showId: show.id, payload: { version: show.tallyVersion } })),
  );
  const details = { mended: wrong.length, shows: shows.length, counters: wrong.slice(0, NAMED_AT_MOST) };
  await audit(tx, { at: now, action: "counters.repair", subject: "database", subjectId: 0, details });
  return wrong;
});
