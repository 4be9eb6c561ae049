/** Answers in setlist.fm's shape, of a band and songs that do not exist. */

export const MBID = "0f3a5b1e-7c2d-4e8f-9a6b-1c2d3e4f5a6b";

export const artist = {
  mbid: MBID,
  tmid: 4711,
  name: "The Paper Lanterns",
  sortName: "Paper Lanterns, The",
  disambiguation: "",
  url: "https://www.setlist.fm/setlists/the-paper-lanterns-1234abcd.html",
};

export const venue = {
  id: "3bd00001",
  name: "Old Ferry Hall",
  city: {
    id: "2950159",
    name: "Berlin",
    state: "Berlin",
    stateCode: "16",
    coords: { lat: 52.5243683, long: 13.4105300 },
    country: { code: "de", name: "Germany" },
  },
  url: "https://www.setlist.fm/venue/old-ferry-hall-berlin-germany-3bd00001.html",
};

export const setlist = {
  id: "63de0001",
  versionId: "7be10001",
  eventDate: "29-02-2024",
  lastUpdated: "2024-03-01T23:15:04.250+0000",
  artist,
  venue,
  tour: { name: "Slow Boats" },
  sets: {
    set: [
      { name: "Acoustic:", song: [{ name: "Kite Weather" }, { name: "Harbour", info: "new arrangement" }] },
      { encore: 1, song: [{ name: "Night Bus" }] },
    ],
  },
  info: "First show of the tour.",
  url: "https://www.setlist.fm/setlist/the-paper-lanterns/2024/old-ferry-hall-berlin-germany-63de0001.html",
};

export function pageOf(items: unknown, { total = 1, page = 1, itemsPerPage = 20 } = {}) {
  return { type: "setlists", itemsPerPage, page, total, setlist: items };
}
