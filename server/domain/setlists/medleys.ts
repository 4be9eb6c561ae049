/** " / " as setlist.fm writes medleys; arrows are how others do, and say that there was no stop between. */
const BETWEEN = /\s+\/\s+|\s*(?:->|→|»)\s*|\s+>\s+/u;
const ARROW = /->|→|»|>/u;
const MOST_PARTS = 12;

export interface MedleyPart {
  title: string;
  /** Goes into the next part without a stop. */
  segue: boolean;
}

/** The parts of "A / B" or "A > B"; a title that names one song is one part. */
export function partsOf(title: string): MedleyPart[] {
  const titles = title.split(BETWEEN).map((part) => part.trim());
  const whole = [{ title, segue: false }];
  if (titles.length < 2 || titles.length > MOST_PARTS || titles.includes("")) return whole;
  const between = [...title.matchAll(new RegExp(BETWEEN, "gu"))].map(([sign]) => ARROW.test(sign));
  return titles.map((part, i) => ({ title: part, segue: between[i] ?? false }));
}

/** setlist.fm joins the notes of a song by brackets, such as "unfinished) (>". */
const NEXT_NOTE = /\)\s*\(/u;
const ONLY_ARROW = /^\(?(?:-*>+|→|»)\)?$/u;

/** Takes the arrow that stands for going on without a stop out of a song's note. */
export function readSegue(note: string | null): { note: string | null; segue: boolean } {
  const notes = note?.split(NEXT_NOTE) ?? [];
  const rest = notes.filter((one) => !ONLY_ARROW.test(one.trim()));
  if (rest.length === notes.length) return { note, segue: false };
  return { note: rest.join(") (").trim() || null, segue: true };
}
