import { placeOf, type ShowSetting } from "./setting.ts";

/** A pause of more days than this, or another tour, begins a new leg. */
const LEG_PAUSE_DAYS = 30;
/** Nights at one venue are one run when no more days lie between. */
const RUN_PAUSE_DAYS = 4;
/** So many places are remembered; the one that was visited longest ago is forgotten first. */
const PLACES_KEPT = 400;

/** Where the artist is: on which leg of a tour, at which night of a run, and what was played at this place before. */
export interface Whereabouts {
  tour: string | null;
  /** The number of the leg's first show. */
  legStart: number;
  place: string | null;
  /** The number of the first night of the run at the place. */
  runStart: number;
  /** By place: the number of the last show there and its song ids. */
  visits: Map<string, { show: number; songIds: number[] }>;
}

export function nowhere(): Whereabouts {
  return { tour: null, legStart: 0, place: null, runStart: 0, visits: new Map() };
}

/** Whereabouts with the show that is to come; `shows` have been, the last one `days` ago. */
export function arrive(before: Whereabouts, show: ShowSetting, shows: number, days: number): Whereabouts {
  const place = placeOf(show);
  const otherTour = show.tour !== before.tour && show.tour !== null && before.tour !== null;
  const newLeg = days > LEG_PAUSE_DAYS || otherTour;
  const newRun = place === null || place !== before.place || days > RUN_PAUSE_DAYS;
  return {
    tour: show.tour ?? before.tour,
    legStart: newLeg ? shows : before.legStart,
    place,
    runStart: newRun ? shows : before.runStart,
    visits: before.visits,
  };
}

/** What was played at the place's last show, when that was before the present run; null where there is none. */
export function lastVisit({ visits, place, runStart }: Whereabouts): ReadonlySet<number> | null {
  const visit = place === null ? undefined : visits.get(place);
  return visit === undefined || visit.show >= runStart ? null : new Set(visit.songIds);
}

export function noteVisit({ visits, place }: Whereabouts, show: number, songIds: number[]): void {
  if (place === null) return;
  visits.delete(place);
  visits.set(place, { show, songIds });
  if (visits.size > PLACES_KEPT) visits.delete(visits.keys().next().value!);
}
