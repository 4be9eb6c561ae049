import type { Transaction } from "#db/client.ts";
import { eventLink, keepRejection, linkOf, putEventLink, putLink, settleMatch, type Link, type Pair } from "#db/queries/identity-links.ts";
import { audit } from "#db/queries/journal.ts";
import { putDue } from "#db/queries/marks.ts";
import { bringUpToDate } from "../catalogue/up-to-date.ts";
import { approveRecording } from "./link-recording.ts";
import { linkedElsewhere, standingOne, type DecidedPair } from "./linked-elsewhere.ts";

/**
 * Says that a provider's record is one of ours: an artist, a venue, a show of the artist, or, of a recording, the song that
 * it is of. Whether that was not so yet. Throws `not_found` and, where it is another one's, `identity_elsewhere`.
 */
export async function approveIdentity(tx: Transaction, pair: DecidedPair, now: number): Promise<boolean> {
  const { artistId } = await standingOne(tx, pair);
  const changed = await (pair.kind === "song" ? approveRecording(tx, pair, artistId!, now) : approveLink(tx, pair, artistId, now));
  const settled = await settleMatch(tx, pair, { status: "approved", by: pair.by }, now);
  if (!changed && !settled) return false;
  await bringUpToDate(tx, pair.kind, [pair.id]);
  const { kind: subject, id: subjectId, by: actorId, provider, providerId } = pair;
  await audit(tx, { at: now, actorId, action: "identity.approve", subject, subjectId, details: { provider, providerId } });
  return true;
}

async function approveLink(tx: Transaction, pair: DecidedPair, artistId: number | null, now: number): Promise<boolean> {
  const { kind, id, provider, providerId, by } = pair;
  if (kind === "song") return false;
  const link = kind === "show" ? await eventLink(tx, artistId!, provider, providerId) : await linkOf(tx, kind, provider, providerId);
  if (isOf(link, id) && link?.status === "approved" && link.confidence > 0) return false;
  await makeWay(tx, pair, link, now);
  const word = { status: "approved", by } as const;
  if (kind === "show") await putEventLink(tx, { ...pair, kind }, artistId!, word);
  else await putLink(tx, { ...pair, kind }, word);
  // What an artist is known by now may tell of songs and shows.
  if (kind === "artist" && !(isOf(link, id) && link?.status === "automatic")) await putDue(tx, { kind, id, dueAt: now });
  return true;
}

function isOf(link: Link | null, id: number): boolean {
  return link?.id === id;
}

/** What was said not to be another one's can be linked, and is still not that one's afterwards. */
async function makeWay(tx: Transaction, pair: DecidedPair, link: Link | null, now: number): Promise<void> {
  if (link === null || link.id === null || link.id === pair.id) return;
  if (link.status !== "rejected") throw await linkedElsewhere(tx, pair, link.id);
  const was: Pair = { kind: pair.kind, id: link.id, provider: pair.provider, providerId: pair.providerId };
  await keepRejection(tx, was, pair.by, now);
}
