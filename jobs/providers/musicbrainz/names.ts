import type { Refusal } from "#server/domain/provider-records.ts";

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

const INVISIBLE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const MBID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Single spaces and no control characters; null where there is nothing to see. */
export function cleanText(text: string | null): string | null {
  if (text === null || text.replace(INVISIBLE, "") === "") return null;
  return text
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .toWellFormed();
}

/** In lower case; null where it is not an id of MusicBrainz. */
export function cleanMbid(id: string | null): string | null {
  const lower = id?.trim().toLowerCase() ?? "";
  return MBID.test(lower) ? lower : null;
}

type Reason = Pick<Refusal, "reason" | "detail">;

/** An artist's name or a title, or why it is none. */
function readName(raw: string | null): { name: string } | Reason {
  const name = cleanText(raw);
  if (name === null) return { reason: "no_name", detail: "The name is missing or blank." };
  const lower = name.toLowerCase();
  if (NO_NAME.has(lower)) return { reason: "no_name", detail: `"${name}" stands for no name.` };
  if (NOT_OF_A_KIND.has(lower)) {
    return { reason: "not_this_kind", detail: `"${name}" is neither an artist nor a song.` };
  }
  return { name };
}

/** Id and name of a record, or why it can't be used. */
export function identify(rawId: string | null, rawName: string | null): { id: string; name: string } | Refusal {
  const id = cleanMbid(rawId);
  if (id === null) {
    return { reason: "no_id", id: null, detail: rawId === null ? "The id is missing." : "The id is not an MBID." };
  }
  const read = readName(rawName);
  if ("reason" in read) return { ...read, id };
  if (id === VARIOUS_ARTISTS) return { reason: "not_this_kind", id, detail: `"${read.name}" is not one artist.` };
  return { id, name: read.name };
}
