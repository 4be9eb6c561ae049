import { createHmac } from "node:crypto";
import { command } from "#db/command.ts";
import { dropNetworks } from "#db/queries/fraud-facts.ts";
import { deleteSetting, readSetting, writeSetting } from "#db/queries/journal.ts";
import { DAY_MS } from "../domain/voting.ts";

/** The setting in which earlier versions kept the key of the hashes. */
export const NETWORK_KEY = "network_key";
const PLACE = "network_place";
const KEPT_DAYS = 30;
/** Fans looked at in one command: few enough not to keep votes waiting. */
const AT_ONCE = 5_000;
/** Characters of a stored hash: 96 bits, plenty to tell the networks of one show apart. */
const HASH_LENGTH = 16;

/** A network as one show knows it. */
export interface ShowNetwork {
  showId: number;
  /** An IPv4 address or the /64 of an IPv6 one; null where it is not known. */
  network: string | null;
}

/**
 * Networks as keyed hashes, in order. The show is part of what is hashed, so that a fan's shows can't
 * be joined by network.
 */
export function hashNetworks(key: string, seen: readonly ShowNetwork[]): (string | null)[] {
  return seen.map(({ showId, network }) => {
    if (network === null) return null;
    return createHmac("sha256", key).update(`${showId} ${network}`).digest("base64url").slice(0, HASH_LENGTH);
  });
}

/** Takes the key that is in the keys' file now out of the database. */
export const dropStoredKey = command<void, void>((tx) => deleteSetting(tx, NETWORK_KEY));

/** Drops the hashes of first votes of 30 days ago from some fans; whether the walk has come to its end. */
export const forgetNetworks = command<void, boolean>(async (tx, { now }) => {
  const [showId = 0, userId = 0] = JSON.parse((await readSetting(tx, PLACE)) ?? "[]") as number[];
  const before = now - KEPT_DAYS * DAY_MS;
  const place = await dropNetworks(tx, { after: { showId, userId }, before, limit: AT_ONCE });
  await writeSetting(tx, PLACE, JSON.stringify(place ? [place.showId, place.userId] : []));
  return place === null;
});
