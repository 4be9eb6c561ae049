import type { PastShow } from "../forecast/setting.ts";
import type { Scope } from "./statistics.ts";

/** A tour of fewer shows has no figures of its own. */
export const LEAST_TOUR_SHOWS = 2;

/** Which of an artist's shows are looked at. `name`: the year or the tour's name; "" for all. */
export interface ScopeOf {
  scope: Scope;
  name: string;
}

/** Everything that a show counts in. */
export function scopesOf({ date, tour }: PastShow): ScopeOf[] {
  const ofTour: ScopeOf[] = tour === null || tour.trim() === "" ? [] : [{ scope: "tour", name: tour.trim() }];
  return [{ scope: "all", name: "" }, { scope: "year", name: date.slice(0, 4) }, ...ofTour];
}
