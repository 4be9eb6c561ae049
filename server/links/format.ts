/** How a file of links is written. */
export const LINK_FORMATS = ["csv", "json"] as const;
export type LinkFormat = (typeof LINK_FORMATS)[number];

export const LINK_TYPES: Record<LinkFormat, string> = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" };

/** The largest file of links that is read, in bytes: more than a million lines. */
export const MOST_BYTES = 64 * 1024 * 1024;

export function isLinkFormat(word: string): word is LinkFormat {
  return (LINK_FORMATS as readonly string[]).includes(word);
}
