import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { freeSlug } from "#db/queries/slugs.ts";
import { believedIdentities, giveIdentity, giveShows, recordOf, showsMadeBy } from "#db/queries/splits.ts";
import { insertVenue, venueFacts } from "#db/queries/venues.ts";
import type { venueIdentities } from "#db/schema/index.ts";
import { notFound } from "../../domain/errors.ts";
import { slugify } from "../../domain/slug.ts";
import { lonely } from "./lonely.ts";
import type { SplitOrder } from "./split-order.ts";

type VenueRecord = NonNullable<(typeof venueIdentities.$inferSelect)["record"]>;

/** Makes a venue of one identity, with the shows that only its provider's events have made. */
export async function splitVenue(tx: Transaction, { id, provider, providerId }: SplitOrder, now: number): Promise<number> {
  const facts = await venueFacts(tx, id);
  if (!facts) throw notFound("venue");
  const { providers } = lonely(await believedIdentities(tx, "venue", id), (one) => one.provider === provider && one.providerId === providerId, provider);
  const record = (await recordOf(tx, "venue", { provider, providerId })) as VenueRecord | null;
  const { name, city, region, country, latitude, longitude, timeZone } = record ?? facts;
  const to = await insertVenue(tx, { slug: await freeSlug(tx, "venue", slugify(name, city ?? "")), name, city, region, country, latitude, longitude, timeZone });
  await giveIdentity(tx, "venue", { provider, providerId, to });
  const shows = await showsMadeBy(tx, { venueId: id }, providers);
  await giveShows(tx, shows, { venueId: to });
  await appendEvents(tx, now, shows.map((showId) => ({ kind: "show.changed", showId, payload: { changed: ["venueId"] } })));
  return to;
}
