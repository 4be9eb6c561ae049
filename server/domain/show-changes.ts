import type { ShowRecordStatus } from "./provider-records.ts";
import { statusAt, votingClosesAt } from "./show-time.ts";
import type { ShowStatus } from "./voting.ts";

/** A show as it stands here. */
export interface StandingShow {
  venueId: number;
  tour: string | null;
  localDate: string;
  /** Epoch ms; null while no start is announced. */
  startsAt: number | null;
  status: ShowStatus;
  closesAt: number;
  /** Whether an admin has moved the close. */
  closeMoved: boolean;
}

/** A show as a provider has it now. */
export interface ToldShow {
  venueId: number;
  /** IANA name. */
  timeZone: string;
  tour: string | null;
  /** Null while there is no date. */
  localDate: string | null;
  startsAt: number | null;
  status: ShowRecordStatus;
}

/**
 * How a show stands after what a provider tells at an instant (epoch ms); null where it has no date and never
 * had one, so that it can't be shown yet. A show that is moved keeps its votes; a close that an admin has
 * moved stays where it is.
 */
export function showAfter(standing: StandingShow | null, told: ToldShow, now: number): StandingShow | null {
  const localDate = told.localDate ?? standing?.localDate ?? null;
  if (localDate === null) return null;
  const startsAt = told.localDate === null ? (standing?.startsAt ?? null) : told.startsAt;
  const when = { localDate, startsAt, timeZone: told.timeZone };
  const closeMoved = standing?.closeMoved ?? false;
  return {
    venueId: told.venueId,
    tour: told.tour ?? standing?.tour ?? null,
    localDate,
    startsAt,
    status: statusOf(told, when, standing, now),
    closesAt: closeMoved && standing ? standing.closesAt : votingClosesAt(when),
    closeMoved,
  };
}

function statusOf(told: ToldShow, when: Parameters<typeof statusAt>[0], standing: StandingShow | null, now: number): ShowStatus {
  if (told.status === "cancelled") return "cancelled";
  if (told.localDate === null) return "postponed";
  const byTime = statusAt(when, now);
  // A show that was ended by hand, or began before its time, does not begin again by itself.
  const sameTime = standing?.localDate === when.localDate && standing.startsAt === when.startsAt;
  const further = standing?.status === "completed" || (standing?.status === "ongoing" && byTime === "upcoming");
  return sameTime && further ? standing.status : byTime;
}

/** What voters have to hear of: the fields that differ and matter to them. */
export function changedFields(before: StandingShow, after: StandingShow): (keyof StandingShow)[] {
  return (Object.keys(after) as (keyof StandingShow)[]).filter((field) => before[field] !== after[field]);
}
