import type { ShowStatus } from "./voting.ts";
import { DAY_MS, HOUR_MS } from "./durations.ts";
import { addDays, endOfLocalDay, votingClosesAt, type ShowTime } from "./show-time.ts";

/** The due time of what need not be looked at again: the last instant that there is (epoch ms). */
export const NEVER = 8_640_000_000_000_000;

interface Checked {
  id: number;
  /** When it was last looked at, epoch ms; null for never. */
  checkedAt: number | null;
}

export interface ArtistFacts extends Checked {
  /** How much it matters here: votes cast for its songs and fans who began to follow it, in the last week. */
  interest: number;
  /** Start of its next show that is not cancelled, epoch ms. */
  nextShowAt: number | null;
  /** Start of its last show, epoch ms. */
  lastShowAt: number | null;
}

export interface ShowFacts extends Checked, ShowTime {
  status: ShowStatus;
}


export interface VenueFacts extends Checked {
  /** Start of the next show there that is not cancelled, epoch ms. */
  nextShowAt: number | null;
}

interface Facts {
  artist: ArtistFacts;
  show: ShowFacts;
  venue: VenueFacts;
}

/** The least and the most between two checks, ms, before an id's share is taken off. */
export const ARTIST_EVERY = { least: 12 * HOUR_MS, most: 14 * DAY_MS };
export const VENUE_EVERY = { least: 3 * DAY_MS, most: 30 * DAY_MS };
export const SHOW_EVERY = { onTheDay: HOUR_MS, lastWeek: 6 * HOUR_MS, before: DAY_MS, postponed: 3 * DAY_MS, cancelled: 7 * DAY_MS };

/** How long after its old date a postponed show may still get a new one, ms. */
const POSTPONED_FOR_MS = 365 * DAY_MS;
/** The most of an interval that an id's share takes off. */
const SPREAD = 0.2;

/**
 * When something is to be looked at next (epoch ms): at once when it never was, `NEVER` when it need not be,
 * and in the past when it is overdue. An interval after the last check, less up to a fifth by id, so that what came
 * in together is not due together:
 * - artist: 14 days / (1 + log2(1 + interest)), at most a seventh of the time to its next show and half of that
 *   since its last, within `ARTIST_EVERY`;
 * - show: `SHOW_EVERY`, by the time until it; a cancelled one until its day is over, a postponed one for a year;
 * - venue: half of the time to its next show, within `VENUE_EVERY`.
 *
 * A nearer show never makes it later, nor does more interest.
 */
export function nextCheck<K extends keyof Facts>(kind: K, facts: Facts[K], now: number): number {
  const { checkedAt, id } = facts;
  const check = { at: checkedAt === null ? null : Math.min(checkedAt, now), share: shareOf(`${kind} ${id}`) };
  if (kind === "show") return checkOfShow(facts as ShowFacts, check, now);
  if (check.at === null) return now;
  const every = kind === "artist" ? artistEvery(facts as ArtistFacts, check.at) : venueEvery(facts as VenueFacts, check.at);
  return check.at + spread(every, check.share);
}

interface Check {
  /** Epoch ms, not after now. */
  at: number | null;
  /** 0 to below 1, of the id. */
  share: number;
}

function artistEvery({ interest, nextShowAt, lastShowAt }: ArtistFacts, at: number): number {
  const { least, most } = ARTIST_EVERY;
  const byInterest = most / (1 + Math.log2(1 + Math.max(0, interest)));
  const bySoon = nextShowAt === null ? most : (nextShowAt - at) / 7;
  const byPast = lastShowAt === null ? most : (at - lastShowAt) / 2;
  return Math.max(least, Math.min(byInterest, bySoon, byPast));
}

function venueEvery({ nextShowAt }: VenueFacts, at: number): number {
  const { least, most } = VENUE_EVERY;
  return nextShowAt === null ? most : Math.min(most, Math.max(least, (nextShowAt - at) / 2));
}

function checkOfShow(show: ShowFacts, { at, share }: Check, now: number): number {
  if (show.status === "completed") return NEVER;
  const dayEnds = endOfLocalDay(show.localDate, show.timeZone);
  if (show.status === "cancelled" || show.status === "postponed") {
    const due = at === null ? now : at + spread(SHOW_EVERY[show.status], share);
    return due < dayEnds + (show.status === "postponed" ? POSTPONED_FOR_MS : 0) ? due : NEVER;
  }
  if (at === null) return now;
  const dayBegins = endOfLocalDay(addDays(show.localDate, -1), show.timeZone);
  const weekBegins = votingClosesAt(show) - 7 * DAY_MS;
  const { onTheDay, lastWeek, before } = SHOW_EVERY;
  const once = (from: number, every: number) => Math.max(from + every * SPREAD * share, at + spread(every, share));
  return Math.round(Math.min(at + spread(before, share), once(weekBegins, lastWeek), once(dayBegins, onTheDay)));
}

function spread(every: number, share: number): number {
  return Math.round(every * (1 - SPREAD * share));
}

/** FNV-1a, as a share of 1. */
function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (mixed(hash) >>> 0) / 2 ** 32;
}

/** Neighbouring ids differ in FNV's low bits alone; this carries them up (the end of MurmurHash3). */
function mixed(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
