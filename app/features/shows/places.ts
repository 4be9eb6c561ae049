/** A country in English by its ISO 3166 code; the code itself when nobody knows it. */
export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** What is known of several facts, in their order; empty when nothing is. */
export function joinKnown(facts: readonly (string | null)[], separator = ", "): string {
  return facts.filter(Boolean).join(separator);
}

/** Whose clock a time is by: "Berlin time". */
export function timeThere(venue: { city: string | null }): string {
  return venue.city === null ? "local time" : `${venue.city} time`;
}
