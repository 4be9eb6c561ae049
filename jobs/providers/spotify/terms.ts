/** What Spotify asks of whoever uses its API. Source: developer.spotify.com, Developer Terms, Design Guidelines and Quota modes. */
export const SPOTIFY = {
  base: "https://api.spotify.com/v1",
  /** Gives out the tokens. */
  accounts: "https://accounts.spotify.com",
  /** The limit is unpublished and rolls over 30 s; this is below what it has been. */
  minTimeMs: 220,
  /** The addresses of its pages begin so. */
  home: "https://open.spotify.com",
  keys: "https://developer.spotify.com/dashboard",
  terms: [
    "You need the client id and client secret of an app of yours: create one at developer.spotify.com/dashboard.",
    "Whoever owns the app needs Spotify Premium; without it Spotify answers no request.",
    "Say that albums, songs and pictures come from Spotify and link each to its page there. Show pictures uncropped and unchanged.",
    "Keep them no longer than you need them, and do not train models on them.",
  ],
} as const;
