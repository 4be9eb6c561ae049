/* Answers in the shape of the Discovery API, made up. */

const music = { id: "KZFzniwnSyZfZ7v7nJ", name: "Music" };

export const attraction = {
  name: "The Paper Kites Club",
  type: "attraction",
  id: "K8vZ9170001",
  test: false,
  url: "https://www.ticketmaster.com/the-paper-kites-club-tickets/artist/1",
  locale: "en-us",
  externalLinks: {
    musicbrainz: [{ id: "0A1B2C3D-1111-4222-8333-444455556666", url: "https://musicbrainz.org/artist/0a1b2c3d-1111-4222-8333-444455556666" }],
    spotify: [{ url: "https://open.spotify.com/artist/1234567890abcdefABCDEF?autoplay=true" }],
    homepage: [{ url: "https://paperkitesclub.example" }],
  },
  aliases: ["paper kites", "paper kites", " "],
  images: [
    { ratio: "16_9", url: "https://s1.ticketm.net/small.jpg", width: 205, height: 115, fallback: false },
    { ratio: "16_9", url: "https://s1.ticketm.net/large.jpg", width: 2048, height: 1152, fallback: false },
    { ratio: "16_9", url: "https://s1.ticketm.net/instead.jpg", width: 4096, height: 2304, fallback: true },
  ],
  classifications: [{ primary: true, segment: music, genre: { id: "g1", name: "Rock" }, subGenre: { id: "g2", name: "Undefined" } }],
  upcomingEvents: { _total: 2 },
};

export const venue = {
  name: "Harbour Hall",
  type: "venue",
  id: "KovZ0001",
  test: false,
  url: "https://www.ticketmaster.com/harbour-hall/venue/1",
  locale: "en-us",
  postalCode: "04101",
  timezone: "America/New_York",
  city: { name: "Portland" },
  state: { name: "Maine", stateCode: "ME" },
  country: { name: "United States Of America", countryCode: "US" },
  address: { line1: "1 Pier Road" },
  location: { longitude: "-70.2553", latitude: "43.6591" },
};

export const event = {
  name: "The Paper Kites Club: Spring Tour",
  type: "event",
  id: "vvG1Z0001",
  test: false,
  url: "https://www.ticketmaster.com/event/0001",
  locale: "en-us",
  sales: { public: { startDateTime: "2027-01-10T15:00:00Z", startTBD: false, startTBA: false } },
  dates: {
    start: {
      localDate: "2027-05-01",
      localTime: "20:00:00",
      dateTime: "2027-05-02T00:00:00Z",
      dateTBD: false,
      dateTBA: false,
      timeTBA: false,
      noSpecificTime: false,
    },
    timezone: "America/New_York",
    status: { code: "onsale" },
    spanMultipleDays: false,
  },
  classifications: attraction.classifications,
  _embedded: { venues: [venue], attractions: [attraction, { name: "Low Tide", type: "attraction", id: "K8vZ9170002", test: false }] },
};

/** The event with its dates changed. */
export function dated(start: Record<string, unknown>, around: Record<string, unknown> = {}) {
  return { ...event, dates: { ...event.dates, ...around, start } };
}

export function eventsPage(events: unknown[], { total = events.length, size = 200, number = 0 } = {}) {
  const page = { size, totalElements: total, totalPages: Math.ceil(total / size), number };
  return { ...(events.length > 0 && { _embedded: { events } }), _links: {}, page };
}
