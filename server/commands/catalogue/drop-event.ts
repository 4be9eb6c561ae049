import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { deleteShowIdentity, eventsOfShow, putShowIdentity, type ShowIdentity } from "#db/queries/identities.ts";
import { showOrigins, showsOnDate, standingShow, updateShow } from "#db/queries/show-rows.ts";
import { changedFields, type StandingShow } from "../../domain/show-changes.ts";
import { followShow } from "../scores/follow-show.ts";
import { removeShow } from "./place-show.ts";

/**
 * An event that its provider has no more: where it has the same night under another id now, the show goes on as that;
 * else it is cancelled and keeps its votes. What is over stays as it is.
 */
export async function dropEvent(tx: Transaction, identity: ShowIdentity | undefined, now: number): Promise<number> {
  if (!identity || identity.showId === null || identity.status === "rejected") return 0;
  const { showId, provider } = identity;
  const before = await standingShow(tx, showId);
  if (!before || !(before.status === "upcoming" || before.status === "postponed")) return 0;
  await deleteShowIdentity(tx, identity);
  const origins = await showOrigins(tx, showId);
  if (!origins || origins.events > 0) return 1;
  const next = await eventOfNight(tx, { ...identity, showId }, before);
  if (next) await takeOver(tx, next, showId, now);
  else {
    await updateShow(tx, showId, { ...rowOf(before), status: "cancelled" });
    await followShow(tx, { showId, before, after: { ...before, status: "cancelled" } }, now);
    await appendEvents(tx, now, [{ kind: "show.changed", showId, payload: { status: "cancelled", changed: ["status"], gone: provider } }]);
  }
  return 1;
}

function rowOf({ closeMoved: _, ...row }: StandingShow): Omit<StandingShow, "closeMoved"> {
  return row;
}

/** Another show of the same artist, venue, day and start that one event of the provider has made and nobody has voted on. */
async function eventOfNight(tx: Transaction, { artistId, provider, showId }: ShowIdentity, { localDate, venueId, startsAt }: StandingShow) {
  for (const { id } of await showsOnDate(tx, artistId, localDate)) {
    const [origins, standing, events] = [await showOrigins(tx, id), await standingShow(tx, id), await eventsOfShow(tx, id)];
    const fresh = origins?.votes === 0 && origins.setlists === 0 && events.length === 1 && events[0]!.provider === provider;
    if (id !== showId && fresh && standing!.venueId === venueId && standing!.startsAt === startsAt) return { ...origins, id, standing: standing!, event: events[0]! };
  }
  return null;
}

/** A show goes on as the event that has just made another one, which goes. */
async function takeOver(tx: Transaction, next: NonNullable<Awaited<ReturnType<typeof eventOfNight>>>, showId: number, now: number): Promise<void> {
  const { id, slug, standing, event } = next;
  const before = (await standingShow(tx, showId))!;
  await putShowIdentity(tx, { ...event, showId });
  await removeShow(tx, { id, slug }, now);
  const after = { ...standing, closesAt: before.closeMoved ? before.closesAt : standing.closesAt, closeMoved: before.closeMoved };
  const changed = changedFields(before, after);
  if (changed.length === 0) return;
  await updateShow(tx, showId, rowOf(after));
  await followShow(tx, { showId, before, after }, now);
  await appendEvents(tx, now, [{ kind: "show.changed", showId, payload: { status: after.status, changed } }]);
}
