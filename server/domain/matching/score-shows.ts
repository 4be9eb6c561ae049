import type { ProviderId } from "../provider-records.ts";
import { afterIds, REVIEW_FROM, score, weigh, weighIds, type Evidence, type Score } from "./evidence.ts";
import { scoreArtists, type ArtistSide } from "./score-artists.ts";
import { scoreVenues, type VenueSide } from "./score-venues.ts";

/** One artist's performance, as one provider has it. */
export interface ShowSide {
  artist: ArtistSide;
  venue: VenueSide | null;
  /** By the venue's calendar; null while it is not known. */
  localDate: string | null;
  /** By the venue's clock, hh:mm; null or left out while it is not known. */
  localTime?: string | null;
  /** The show's own ids. */
  ids?: ProviderId[];
}

const OTHER_DATE = 0.05;
const NO_DATE = 0.3;
const NO_VENUE = 0.8;
/** Doors and stage may be an hour and a half apart; matinee and evening are further. */
const ANOTHER_START_MIN = 100;
const START = { same: 0.5, other: -5 };

/**
 * Whether two records are the same show: the same artist on the same local date at the same venue, and not at another hour. An id that
 * both have stays good whatever the date: the show was moved. Neighbouring dates are two shows, on both sides of the date line too.
 */
export function scoreShows(a: ShowSide, b: ShowSide): Score {
  const artist = scoreArtists(a.artist, b.artist).confidence;
  const venue = a.venue && b.venue ? scoreVenues(a.venue, b.venue).confidence : null;
  const date = dateEvidence(a, b);
  const start = starts(a, b);
  const ids = weighIds(a.ids ?? [], b.ids ?? []);
  const together = Math.min(artist, venue ?? NO_VENUE, date.most);
  const weighed = start && together > 0 ? Math.min(weigh(together, start.weight), date.most) : together;
  const venues: Evidence[] = venue === null ? [] : [{ kind: "venue", confidence: venue }];
  const evidence = [...ids.stated, ...ids.apart, { kind: "artist", confidence: artist } as const, ...venues, date.evidence, ...(start ? [start.evidence] : [])];
  return score(artist < REVIEW_FROM ? Math.min(artist, weighed) : afterIds(weighed, ids), evidence);
}

/** Chosen, not measured: a setlist with the wrong date is rarer than a show that nobody else knows. */
const DAY_APART = 0.65;

/** A show that only a setlist has made, and another one a day apart at the same venue that has none: a person is asked whether the date is wrong. */
export function scoreDayApart(a: string, b: string): Score {
  return score(DAY_APART, [{ kind: "venue", confidence: 1 }, { kind: "date", a, b, same: false }]);
}

function dateEvidence({ localDate: a }: ShowSide, { localDate: b }: ShowSide): { most: number; evidence: Evidence } {
  const same = a !== null && a === b;
  return { most: same ? 1 : a === null || b === null ? NO_DATE : OTHER_DATE, evidence: { kind: "date", a, b, same } };
}

function starts({ localTime: a }: ShowSide, { localTime: b }: ShowSide): { weight: number; evidence: Evidence } | null {
  if (!a || !b) return null;
  const minutesApart = Math.abs(minutes(a) - minutes(b));
  return { weight: minutesApart < ANOTHER_START_MIN ? START.same : START.other, evidence: { kind: "start", minutesApart } };
}

function minutes(time: string): number {
  const [hours, rest] = time.split(":").map(Number);
  return hours! * 60 + rest!;
}
