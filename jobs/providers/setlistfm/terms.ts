/** What setlist.fm asks of whoever uses it. Source: api.setlist.fm/docs/1.0 and its description of a setlist's `url`. */
export const SETLISTFM = {
  base: "https://api.setlist.fm/rest/1.0",
  /** Two requests a second for each key. */
  minTimeMs: 550,
  /** Requests a UTC day. */
  requestsPerDay: 1_440,
  /** Where one gets a key. */
  keys: "https://www.setlist.fm/settings/api",
  terms: [
    "setlist.fm needs a key, which is free: make an account there and ask for one.",
    "Wherever something of a setlist is shown, there is a link to that setlist's page on setlist.fm.",
    "It is free for non-commercial sites only; if your site earns money, ask setlist.fm first.",
    "A new key may make two requests a second and 1,440 a day.",
  ],
} as const;
