import { refuse, type Reading } from "../wire-values.ts";

/** The artist that compilations are listed under. */
const VARIOUS_ARTISTS = "89ad4ac3-39f7-470e-963a-56509c546377";

/** How MusicBrainz writes that there is no name. */
const NO_NAME = new Set(["[unknown]", "[untitled]", "[anonymous]", "[no artist]", "[no title]"]);

/** How MusicBrainz writes what is neither an artist nor a song. */
const NOT_OF_A_KIND = new Set([
  "[silence]",
  "[data track]",
  "[data]",
  "[dialogue]",
  "[traditional]",
  "[church chimes]",
  "[language instruction]",
  "[crowd noise]",
]);

const MBID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** In lower case; null where it is not an id of MusicBrainz. */
export function cleanMbid(id: string | null): string | null {
  const lower = id?.toLowerCase() ?? "";
  return MBID.test(lower) ? lower : null;
}

/** Id and name of a record, or why it can't be used. */
export function identify(rawId: string | null, name: string | null): Reading<{ id: string; name: string }> {
  const id = cleanMbid(rawId);
  if (id === null) return refuse("no_id", null, rawId === null ? "The id is missing." : "The id is not an MBID.");
  if (name === null) return refuse("no_name", id, "The name is missing or blank.");
  const lower = name.toLowerCase();
  if (NO_NAME.has(lower)) return refuse("no_name", id, `"${name}" stands for no name.`);
  if (NOT_OF_A_KIND.has(lower)) return refuse("not_this_kind", id, `"${name}" is neither an artist nor a song.`);
  if (id === VARIOUS_ARTISTS) return refuse("not_this_kind", id, `"${name}" is not one artist.`);
  return { record: { id, name } };
}
