import type { Transaction } from "#db/client.ts";
import { eventLink, keepRejection, linkOf, putEventLink, putLink, settleMatch } from "#db/queries/identity-links.ts";
import { audit } from "#db/queries/journal.ts";
import { rejectRecording } from "./link-recording.ts";
import { bringUpToDate } from "../catalogue/up-to-date.ts";
import { standingOne, type DecidedPair } from "./linked-elsewhere.ts";

/**
 * Says that a provider's record is not one of ours; it does not come back by itself. Whether that was not known yet. Another one
 * of ours keeps it. Throws `not_found`, and `own_recording` for a recording by which the song itself is known.
 */
export async function rejectIdentity(tx: Transaction, pair: DecidedPair, now: number): Promise<boolean> {
  const { artistId } = await standingOne(tx, pair);
  const changed = await rejectByKind(tx, pair, artistId, now);
  const settled = await settleMatch(tx, pair, { status: "rejected", by: pair.by }, now);
  if (!changed && !settled) return false;
  await bringUpToDate(tx, pair.kind, [pair.id]);
  const { kind: subject, id: subjectId, by: actorId, provider, providerId } = pair;
  await audit(tx, { at: now, actorId, action: "identity.reject", subject, subjectId, details: { provider, providerId } });
  return true;
}

async function rejectByKind(tx: Transaction, pair: DecidedPair, artistId: number | null, now: number): Promise<boolean> {
  if (pair.kind === "song") return rejectRecording(tx, pair, artistId!, now);
  if (pair.kind === "show") return rejectEvent(tx, { ...pair, kind: pair.kind }, artistId!, now);
  return rejectLink(tx, { ...pair, kind: pair.kind }, now);
}

async function rejectLink(tx: Transaction, pair: DecidedPair & { kind: "artist" | "venue" }, now: number): Promise<boolean> {
  const link = await linkOf(tx, pair.kind, pair.provider, pair.providerId);
  if (link !== null && link.id !== pair.id) return keepRejection(tx, pair, pair.by, now);
  if (link?.status === "rejected") return false;
  await putLink(tx, pair, { status: "rejected", by: pair.by });
  return true;
}

/** An event that is unlinked names no show any more; which one it is not is kept beside it. */
async function rejectEvent(tx: Transaction, pair: DecidedPair & { kind: "show" }, artistId: number, now: number): Promise<boolean> {
  const link = await eventLink(tx, artistId, pair.provider, pair.providerId);
  const linked = link?.id === pair.id;
  if (linked) await putEventLink(tx, pair, artistId, { status: "rejected", by: pair.by });
  const kept = await keepRejection(tx, pair, pair.by, now);
  return linked || kept;
}
