/* Answers in the shape of the Web API as it is in 2026, made up: no popularity, no followers, no markets. */

const urls = (kind: string, id: string) => ({
  external_urls: { spotify: `https://open.spotify.com/${kind}/${id}` },
  href: `https://api.spotify.com/v1/${kind}s/${id}`,
  uri: `spotify:${kind}:${id}`,
});

const images = [
  { height: 300, width: 300, url: "https://i.scdn.co/image/medium" },
  { height: 640, width: 640, url: "https://i.scdn.co/image/large" },
  { height: 64, width: 64, url: "https://i.scdn.co/image/small" },
];

const ARTIST_ID = "1234567890abcdefABCDEF";
export const ALBUM_ID = "2234567890abcdefABCDEF";

export const artist = { ...urls("artist", ARTIST_ID), id: ARTIST_ID, name: "The Paper Kites Club", type: "artist", genres: ["indie", "indie"], images };

const credited = { ...urls("artist", ARTIST_ID), id: ARTIST_ID, name: "The Paper Kites Club", type: "artist" };

export const album = {
  ...urls("album", ALBUM_ID),
  id: ALBUM_ID,
  name: "Paper Boats",
  type: "album",
  album_type: "album",
  total_tracks: 11,
  release_date: "2019-03-08",
  release_date_precision: "day",
  images,
  artists: [credited],
};

/** As an album's list has it: without the album and without ISRC. */
export const track = {
  ...urls("track", "3234567890abcdefABCDEF"),
  id: "3234567890abcdefABCDEF",
  name: "Harbour Lights (feat. Low Tide)",
  type: "track",
  is_local: false,
  explicit: false,
  artists: [credited, { ...credited, id: "4234567890abcdefABCDEF", name: "Low Tide" }],
  disc_number: 1,
  track_number: 3,
  duration_ms: 215_040,
  preview_url: null,
};

/** As it is found by itself. */
export const wholeTrack = { ...track, album, external_ids: { isrc: "us-abc-19-00001" }, is_playable: true };

export function pageOf(items: unknown[], { total = items.length, offset = 0, limit = 10 } = {}) {
  const more = offset + items.length < total;
  return { href: "https://api.spotify.com/v1/x", items, limit, next: more ? `https://api.spotify.com/v1/x?offset=${offset + limit}` : null, offset, previous: null, total };
}
