import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { deleteShow, insertShow, standingShow, updateShow } from "#db/queries/show-rows.ts";
import { freeSlug } from "#db/queries/slugs.ts";
import { changedFields, showAfter, type ToldShow } from "../../domain/show-changes.ts";
import { slugify } from "../../domain/slug.ts";
import { askForStudy } from "../scores/ask-for.ts";
import { followShow } from "../scores/follow-show.ts";
import type { KnownVenue } from "./put-venue.ts";

export interface ShowToPlace {
  artist: { id: number; name: string };
  venue: KnownVenue;
  /** The show that it is known to be; null for a new one. */
  showId: number | null;
  told: ToldShow;
}

/** Makes a show, or brings one up to what a provider tells of it now; null while it can't be shown, having no date. */
export async function placeShow(tx: Transaction, { artist, venue, showId, told }: ShowToPlace, now: number): Promise<number | null> {
  const before = showId === null ? null : await standingShow(tx, showId);
  const after = showAfter(before, told, now);
  if (after === null) return null;
  const { closeMoved: _, ...fields } = after;
  // What is to be expected of it follows from where and when it is.
  const foretold = () => (after.closesAt > now ? askForStudy(tx, artist.id, now) : undefined);
  if (showId === null || before === null) {
    const slug = await freeSlug(tx, "show", slugify(short(artist.name), short(venue.name), after.localDate));
    await foretold();
    return insertShow(tx, { ...fields, slug, artistId: artist.id }, now);
  }
  const changed = changedFields(before, after);
  if (changed.length === 0) return showId;
  await updateShow(tx, showId, fields);
  await followShow(tx, { showId, before, after }, now);
  await foretold();
  await appendEvents(tx, now, [{ kind: "show.changed", showId, payload: { status: after.status, changed } }]);
  return showId;
}

/** Removes a show on which nobody has voted. */
export async function removeShow(tx: Transaction, show: { id: number; slug: string }, now: number): Promise<void> {
  await deleteShow(tx, show, now);
  await appendEvents(tx, now, [{ kind: "show.changed", showId: show.id, payload: { removed: true } }]);
}

/** Words of an address that leave room for the date. */
function short(name: string): string {
  return slugify(name).slice(0, 40);
}
