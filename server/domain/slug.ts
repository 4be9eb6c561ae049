/**
 * An address part from words: lower-case ASCII letters, digits and single hyphens.
 * Words with no such letters at all give an empty string; the caller adds what makes it unique.
 */
export function slugify(...words: string[]): string {
  return words
    .join(" ")
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .replace(/[øØ]/g, "o")
    .replace(/[æÆ]/g, "ae")
    .replace(/[ðÐ]/g, "d")
    .replace(/[þÞ]/g, "th")
    .replace(/ß/g, "ss")
    .replace(/[łŁ]/g, "l")
    .replace(/ı/g, "i")
    .replace(/&/g, " and ")
    .replace(/['’]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 96)
    .replace(/-+$/, "");
}
