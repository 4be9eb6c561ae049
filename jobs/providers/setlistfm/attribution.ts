/**
 * What setlist.fm asks of those who use its API. Every setlist that came from it is shown with a link to its
 * `url`; the API is free for non-commercial projects only.
 */
export const SETLISTFM_ATTRIBUTION = {
  name: "setlist.fm",
  home: "https://www.setlist.fm",
  terms: "https://www.setlist.fm/help/api-terms",
  keys: "https://www.setlist.fm/settings/api",
  /** Text of the link to a setlist's `url`, beside the setlist. */
  linkText: "Setlist on setlist.fm",
  /** Below pages that show more than one setlist, beside the links. */
  notice: "Setlists come from setlist.fm, written down by its users.",
  /** For who runs the site: docs, and where the key is entered. */
  duties: [
    "Show a link to the setlist's page on setlist.fm wherever you show something of that setlist.",
    "Use it for non-commercial sites only. For anything else, ask setlist.fm first.",
  ],
} as const;
