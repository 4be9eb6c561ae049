import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { eventsOfShow } from "#db/queries/identities.ts";
import { showFacts } from "#db/queries/merge-shows.ts";
import { showOrigins } from "#db/queries/show-rows.ts";
import { freeSlug } from "#db/queries/slugs.ts";
import { copyShow, giveEvent } from "#db/queries/splits.ts";
import { notFound } from "../../domain/errors.ts";
import { conflict } from "./conflict.ts";
import type { SplitOrder } from "./split-order.ts";

/** Makes a show of one event, of the same night and place; the votes stay with the other. */
export async function splitShow(tx: Transaction, { id, provider, providerId }: SplitOrder, now: number): Promise<number> {
  const [facts, origins] = [await showFacts(tx, id), await showOrigins(tx, id)];
  if (!facts || !origins) throw notFound("show");
  const events = await eventsOfShow(tx, id);
  if (!events.some((event) => event.provider === provider && event.providerId === providerId)) throw notFound("identity");
  if (events.length + origins.setlists === 1) throw conflict("only_identity", "This is all that is known of the show, so there is nothing to split.");
  const to = await copyShow(tx, { id, slug: await freeSlug(tx, "show", facts.show.slug) }, now);
  await giveEvent(tx, { provider, providerId, from: id, to });
  await appendEvents(tx, now, [
    { kind: "show.changed", showId: id, payload: { split: to } },
    { kind: "show.changed", showId: to, payload: { split: id } },
  ]);
  return to;
}
