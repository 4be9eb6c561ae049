/** A bill with so many acts is a festival's: a headliner with its support has fewer. */
const FESTIVAL_ACTS = 5;
const FESTIVAL_WORD = /\bfest/iu;

/** Whether a show is one of a festival, as far as its venue, its tour and its bill tell. `acts`: how many are on the bill, 0 where nobody says. */
export function isFestival({ venue, tour, acts }: { venue: string; tour: string | null; acts: number }): boolean {
  return acts >= FESTIVAL_ACTS || FESTIVAL_WORD.test(`${venue} ${tour ?? ""}`);
}
