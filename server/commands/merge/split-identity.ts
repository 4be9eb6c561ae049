import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { audit } from "#db/queries/journal.ts";
import { rejectPair } from "#db/queries/merge-matches.ts";
import type { Authorized } from "../../auth/actor.ts";
import { bringUpToDate } from "../catalogue/up-to-date.ts";
import { splitArtist } from "./split-artist.ts";
import type { SplitOrder } from "./split-order.ts";
import { splitShow } from "./split-show.ts";
import { splitVenue } from "./split-venue.ts";

export interface IdentityToSplit extends SplitOrder {
  /** Null for the operator. */
  by: Authorized<"moderate"> | null;
  kind: "artist" | "venue" | "show";
}

const SPLITS: Record<IdentityToSplit["kind"], (tx: Transaction, order: SplitOrder, now: number) => Promise<number>> = {
  artist: splitArtist,
  venue: splitVenue,
  show: splitShow,
};

/**
 * Makes what one provider knows under an id an artist, a venue or a show of its own; its id. Votes stay where they were
 * cast. Merging the two again takes it back. Throws `not_found`, and the conflict `only_identity` where nothing would be left.
 */
export const splitIdentity = command<IdentityToSplit, { id: number }>(async (tx, { input: { by, kind, ...order }, now }) => {
  const id = await SPLITS[kind](tx, order, now);
  await bringUpToDate(tx, kind, [order.id, id]);
  const userId = by?.userId ?? null;
  await rejectPair(tx, { kind, a: order.id, b: id, by: userId }, now);
  const { provider, providerId } = order;
  await audit(tx, { at: now, actorId: userId, action: "identity.split", subject: kind, subjectId: order.id, details: { provider, providerId, into: id } });
  return { id };
});
