import type { WireClassification } from "./wire.ts";

/** Ticketmaster's id of the segment Music. */
export const MUSIC_SEGMENT = "KZFzniwnSyZfZ7v7nJ";

/** What Ticketmaster writes where it does not know or will not say. */
const UNSAID = new Set(["undefined", "other", "miscellaneous"]);

/**
 * Whether it is music, or may be: the primary classification decides; without one, any that says Music.
 * What has no segment at all is taken, for small organisers often give none.
 */
export function mayBeMusic(classifications: WireClassification[]): boolean {
  const given = classifications.filter(saysSegment);
  const primary = given.filter((classification) => classification.primary);
  const deciding = primary.length > 0 ? primary : given;
  return deciding.length === 0 || deciding.some(isMusic);
}

function saysSegment({ segment }: WireClassification): boolean {
  return Boolean(segment?.id ?? segment?.name) && segment?.name?.toLowerCase() !== "undefined";
}

function isMusic({ segment }: WireClassification): boolean {
  return segment?.id === MUSIC_SEGMENT || segment?.name?.toLowerCase() === "music";
}

/** Genres and their parts, each once. */
export function genresOf(classifications: WireClassification[]): string[] {
  const names = classifications.flatMap(({ genre, subGenre }) => [genre?.name, subGenre?.name]);
  return [...new Set(names.filter((name) => typeof name === "string"))].filter((name) => !UNSAID.has(name.toLowerCase()));
}

/** The first segment that is named, for the log. */
export function segmentName(classifications: WireClassification[]): string {
  return classifications.find(({ segment }) => segment?.name)?.segment?.name ?? "no name";
}
