import { describe, expect, test } from "vitest";
import { readArtist, readShow, readVenue } from "#jobs/providers/ticketmaster/to-domain.ts";
import type { ShowRecord } from "#server/domain/provider-records.ts";
import { attraction, dated, event, venue } from "./ticketmaster-answers.ts";

const start = event.dates.start;
const initial = { initialStartDate: { localDate: "2026-03-01", localTime: "20:00:00", dateTime: "2026-03-02T01:00:00Z" } };

function show(value: unknown): ShowRecord {
  const reading = readShow(value);
  if (!("record" in reading)) throw new Error(`Refused: ${JSON.stringify(reading.refusal)}`);
  return reading.record;
}

describe("an event", () => {
  test("becomes a show with all on its bill, the main artist first", () => {
    expect(show(event)).toEqual({
      id: "vvG1Z0001",
      name: "The Paper Kites Club: Spring Tour",
      artists: [
        {
          id: "K8vZ9170001",
          name: "The Paper Kites Club",
          sameAs: [
            { provider: "musicbrainz", id: "0a1b2c3d-1111-4222-8333-444455556666" },
            { provider: "spotify", id: "1234567890abcdefABCDEF" },
          ],
        },
        { id: "K8vZ9170002", name: "Low Tide", sameAs: [] },
      ],
      venue: {
        id: "KovZ0001",
        name: "Harbour Hall",
        city: "Portland",
        region: "Maine",
        country: "US",
        latitude: 43.6591,
        longitude: -70.2553,
        timeZone: "America/New_York",
        url: "https://www.ticketmaster.com/harbour-hall/venue/1",
      },
      localDate: "2027-05-01",
      localTime: "20:00",
      timeZone: "America/New_York",
      startsAt: Date.UTC(2027, 4, 2),
      status: "scheduled",
      tour: null,
      ticketUrl: "https://www.ticketmaster.com/event/0001",
      url: "https://www.ticketmaster.com/event/0001",
    });
  });

  test.each([
    ["onsale", "scheduled"],
    ["offsale", "scheduled"],
    ["rescheduled", "rescheduled"],
    ["cancelled", "cancelled"],
    ["canceled", "cancelled"],
    ["Cancelled", "cancelled"],
    ["something new", "scheduled"],
    [null, "scheduled"],
  ])("with the status %j is %s and keeps its date", (code, status) => {
    expect(show(dated(start, { status: { code } }))).toMatchObject({ status, localDate: "2027-05-01" });
  });

  const nowhere = { localDate: null, localTime: null, startsAt: null };
  test.each([
    ["only the date it once had", {}, initial, nowhere],
    ["a date to be announced", { ...start, dateTBA: true }, {}, nowhere],
    ["a date to be decided", { ...start, dateTBD: true }, {}, nowhere],
    ["no start at all", null, {}, nowhere],
    ["a day that no calendar has", { ...start, localDate: "2027-02-30" }, {}, nowhere],
    ["a time to be announced", { ...start, timeTBA: true }, {}, { localDate: "2027-05-01", localTime: null, startsAt: null }],
    ["no certain time", { ...start, noSpecificTime: true }, {}, { localDate: "2027-05-01", localTime: null, startsAt: null }],
    ["a time of no clock", { ...start, localTime: "25:00:00" }, {}, { localTime: null, startsAt: Date.UTC(2027, 4, 2) }],
    ["no instant", { localDate: "2027-05-01", localTime: "20:00:00" }, {}, { localTime: "20:00", startsAt: null }],
  ])("with %s has what is known", (_, changed, around, expected) => {
    expect(show(dated(changed as never, around))).toMatchObject(expected);
  });

  test.each([
    ["has no date while it is not known", {}, initial, null],
    ["does not keep its old date", { ...start, localDate: "2026-03-01" }, initial, null],
    ["does not take a date that nothing calls new", start, {}, null],
    ["takes a new date", start, initial, "2027-05-01"],
  ])("that is postponed %s", (_, changed, around, localDate) => {
    const postponed = show(dated(changed, { ...around, status: { code: "postponed" } }));
    expect(postponed).toMatchObject({ status: "postponed", localDate });
  });

  test("takes the time zone of its venue where it names none, or one that there is not", () => {
    const { timezone: _, ...unzoned } = event.dates;
    expect(show({ ...event, dates: unzoned }).timeZone).toBe("America/New_York");
    expect(show(dated(start, { timezone: "Mars/Olympus" })).timeZone).toBe("America/New_York");
    expect(show(dated(start, { timezone: "Europe/Prague" })).timeZone).toBe("Europe/Prague");
    const nameless = { ...event, dates: unzoned, _embedded: { venues: [{ ...venue, name: "" }] } };
    expect(show(nameless)).toMatchObject({ venue: null, timeZone: "America/New_York" });
  });

  test.each([
    ["nothing embedded", undefined],
    ["empty lists", { venues: [], attractions: [] }],
    ["a venue without a name", { venues: [{ ...venue, name: " " }] }],
    ["a venue without an id", { venues: [{ name: "Harbour Hall" }] }],
    ["a venue that is none", { venues: [7], attractions: "none" }],
  ])("with %s is a show without venue and artists", (_, embedded) => {
    expect(show({ ...event, _embedded: embedded })).toMatchObject({ venue: null, artists: [] });
  });

  test("leaves out of its bill whom it does not name", () => {
    const attractions = [{ id: "a1", name: "\u200b" }, { name: "No Id" }, attraction];
    expect(show({ ...event, _embedded: { attractions } }).artists.map(({ name }) => name)).toEqual(["The Paper Kites Club"]);
  });

  const segment = (name: string, primary?: boolean) => ({ primary, segment: { id: `s-${name}`, name } });
  test.each([
    ["music by name", [{ segment: { name: "Music" } }]],
    ["music by id", [{ segment: { id: "KZFzniwnSyZfZ7v7nJ", name: "Musik" } }]],
    ["nothing", []],
    ["no list", null],
    ["a classification without a segment", [{ primary: true, genre: { name: "Rock" } }]],
    ["Undefined", [segment("Undefined", true)]],
    ["first of all music", [segment("Arts & Theatre"), segment("Music", true)]],
    ["also music", [segment("Miscellaneous"), segment("Music")]],
  ])("filed under %s is taken", (_, classifications) => {
    expect(readShow({ ...event, classifications })).toHaveProperty("record");
  });

  test.each([
    ["Sports", [segment("Sports", true)]],
    ["Film, though it is music too", [segment("Film", true), segment("Music")]],
    ["Miscellaneous", [segment("Miscellaneous")]],
  ])("filed under %s is refused", (_, classifications) => {
    expect(readShow({ ...event, classifications })).toMatchObject({ refusal: { reason: "not_this_kind", id: "vvG1Z0001" } });
  });

  test.each([
    ["no id", { ...event, id: undefined }, "no_id", null],
    ["no name", { ...event, name: "  " }, "no_name", "vvG1Z0001"],
    ["the mark of a test", { ...event, test: true }, "not_this_kind", "vvG1Z0001"],
    ["another type", { ...event, type: "attraction" }, "not_this_kind", "vvG1Z0001"],
    ["no shape", "event", "malformed", null],
  ])("with %s is refused, and why", (_, value, reason, id) => {
    expect(readShow(value)).toMatchObject({ refusal: { reason, id } });
  });

  test("has no ticket page where its address is none of the web", () => {
    expect(show({ ...event, url: "javascript:alert(1)" })).toMatchObject({ ticketUrl: null, url: null });
  });
});

describe("an attraction", () => {
  test("becomes an artist, with its ids elsewhere and its own widest picture", () => {
    expect(readArtist(attraction)).toEqual({
      record: {
        id: "K8vZ9170001",
        name: "The Paper Kites Club",
        sortName: null,
        disambiguation: null,
        aliases: ["paper kites"],
        country: null,
        genres: ["Rock"],
        url: "https://www.ticketmaster.com/the-paper-kites-club-tickets/artist/1",
        imageUrl: "https://s1.ticketm.net/large.jpg",
        sameAs: [
          { provider: "musicbrainz", id: "0a1b2c3d-1111-4222-8333-444455556666" },
          { provider: "spotify", id: "1234567890abcdefABCDEF" },
        ],
      },
    });
  });

  test.each([
    ["an MBID in the address alone", { musicbrainz: [{ url: "https://musicbrainz.org/artist/0a1b2c3d-1111-4222-8333-444455556666" }] }, 1],
    ["a page of a language", { spotify: [{ url: "https://open.spotify.com/intl-de/artist/1234567890abcdefABCDEF" }] }, 1],
    ["a Spotify URI", { spotify: [{ url: "spotify:artist:1234567890abcdefABCDEF" }] }, 1],
    ["the same twice", { spotify: [{ url: "spotify:artist:1234567890abcdefABCDEF" }, { url: "spotify:artist:1234567890abcdefABCDEF" }] }, 1],
    ["an album", { spotify: [{ url: "https://open.spotify.com/album/1234567890abcdefABCDEF" }] }, 0],
    ["no MBID", { musicbrainz: [{ id: "paper-kites" }] }, 0],
    ["nothing", null, 0],
  ])("that links %s", (_, externalLinks, found) => {
    const reading = readArtist({ ...attraction, externalLinks });
    expect("record" in reading && reading.record.sameAs.length).toBe(found);
  });

  test("takes a picture that stands for a missing one only where it has no other", () => {
    const images = [{ url: "https://s1.ticketm.net/instead.jpg", fallback: true }];
    expect(readArtist({ ...attraction, images })).toMatchObject({ record: { imageUrl: "https://s1.ticketm.net/instead.jpg" } });
    expect(readArtist({ ...attraction, images: null })).toMatchObject({ record: { imageUrl: null } });
  });

  test.each([
    ["no name", { ...attraction, name: null }, "no_name"],
    ["no id", { ...attraction, id: "" }, "no_id"],
    ["another segment", { ...attraction, classifications: [{ segment: { name: "Sports" } }] }, "not_this_kind"],
    ["the mark of a test", { ...attraction, test: true }, "not_this_kind"],
    ["another type", { ...attraction, type: "venue" }, "not_this_kind"],
    ["no shape", [], "malformed"],
  ])("with %s is refused", (_, value, reason) => {
    expect(readArtist(value)).toMatchObject({ refusal: { reason } });
  });
});

describe("a venue", () => {
  test.each([
    ["no location", { ...venue, location: undefined }, { latitude: null, longitude: null, city: "Portland" }],
    ["half a location", { ...venue, location: { latitude: "43.6" } }, { latitude: null, longitude: null }],
    ["the place that stands for none", { ...venue, location: { latitude: "0", longitude: 0 } }, { latitude: null, longitude: null }],
    ["a place off the earth", { ...venue, location: { latitude: 91, longitude: 0 } }, { latitude: null, longitude: null }],
    ["numbers for a place", { ...venue, location: { latitude: 43.5, longitude: -70 } }, { latitude: 43.5, longitude: -70 }],
    ["a state's code alone", { ...venue, state: { stateCode: "ME" } }, { region: "ME" }],
    ["no state", { ...venue, state: null }, { region: null }],
    ["a country in small letters", { ...venue, country: { countryCode: "us" } }, { country: "US" }],
    ["a country by name alone", { ...venue, country: { name: "Portugal" } }, { country: null }],
    ["no time zone", { ...venue, timezone: null }, { timeZone: null }],
  ])("with %s has what is known", (_, value, expected) => {
    expect(readVenue(value)).toMatchObject({ record: expected });
  });

  test.each([
    ["no name", { ...venue, name: undefined }, "no_name"],
    ["no id", { ...venue, id: null }, "no_id"],
    ["another type", { ...venue, type: "event" }, "not_this_kind"],
    ["no shape", null, "malformed"],
  ])("with %s is refused", (_, value, reason) => {
    expect(readVenue(value)).toMatchObject({ refusal: { reason } });
  });
});
