import { describe, expect, it } from "vitest";
import { artists, demoFans, shows, venues } from "../../../db/seed/catalogue/index.ts";

const key = (text: string) => text.normalize("NFC").toLowerCase();

function repeated(texts: readonly string[]): string[] {
  const seen = new Set<string>();
  return texts.filter((text) => {
    const known = seen.has(key(text));
    seen.add(key(text));
    return known;
  });
}

/** Hours the zone's clock is ahead of UTC at an instant. */
function offsetHours(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" })
    .formatToParts(at)
    .find((part) => part.type === "timeZoneName");
  const match = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(parts?.value ?? "");
  if (!match) throw new Error(`No offset for ${timeZone}: ${parts?.value}`);
  const hours = Number(match[2] ?? 0) + Number(match[3] ?? 0) / 60;
  return match[1] === "-" ? -hours : hours;
}

const january = Date.UTC(2026, 0, 15);
const july = Date.UTC(2026, 6, 15);
const standardOffset = (zone: string) =>
  Math.min(offsetHours(zone, january), offsetHours(zone, july));

const venueByName = new Map(venues.map((venue) => [venue.name, venue]));
const tonight = shows.filter((show) => show.daysFromToday === 0);
const between = (from: number, to: number) =>
  shows.filter((show) => show.daysFromToday >= from && show.daysFromToday <= to);

describe("artists", () => {
  it("cover enough names, genres, countries and titles", () => {
    expect(artists.length).toBeGreaterThanOrEqual(54);
    expect(new Set(artists.map((artist) => artist.genre)).size).toBeGreaterThanOrEqual(14);
    expect(new Set(artists.map((artist) => artist.country)).size).toBeGreaterThanOrEqual(14);
    expect(artists.flatMap((artist) => artist.songs).length).toBeGreaterThanOrEqual(750);
  });

  it("have unique names", () => {
    expect(repeated(artists.map((artist) => artist.name))).toEqual([]);
  });

  it("spell each genre one way", () => {
    const spellings = new Set(artists.map((artist) => artist.genre));
    expect(repeated([...spellings])).toEqual([]);
  });

  it.each(artists)("$name has 12 to 22 unique songs", ({ songs }) => {
    expect(songs.length).toBeGreaterThanOrEqual(12);
    expect(songs.length).toBeLessThanOrEqual(22);
    expect(repeated(songs)).toEqual([]);
  });

  it("include titles outside ASCII and outside the Latin script", () => {
    const titles = artists.flatMap((artist) => artist.songs);
    const accented = titles.filter((title) => /[^\p{ASCII}]/u.test(title));
    const otherScript = titles.filter((title) => /[\p{L}--\p{Script=Latin}]/v.test(title));
    expect(accented.length).toBeGreaterThanOrEqual(100);
    expect(otherScript.length).toBeGreaterThanOrEqual(25);
  });
});

describe("venues", () => {
  it("cover enough places", () => {
    expect(venues.length).toBeGreaterThanOrEqual(24);
    expect(new Set(venues.map((venue) => venue.country)).size).toBeGreaterThanOrEqual(14);
  });

  it("have unique names", () => {
    expect(repeated(venues.map((venue) => venue.name))).toEqual([]);
  });

  it("range from clubs to arenas", () => {
    for (const { name, capacity } of venues) {
      expect(Number.isInteger(capacity) && capacity > 0, name).toBe(true);
    }
    expect(venues.some((venue) => venue.capacity < 500)).toBe(true);
    expect(venues.some((venue) => venue.capacity > 15_000)).toBe(true);
  });

  it.each(venues)("$name lies in its time zone", ({ latitude, longitude, timeZone }) => {
    expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
    expect(Math.abs(latitude)).toBeLessThanOrEqual(90);
    expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
    expect(Math.abs(longitude / 15 - standardOffset(timeZone))).toBeLessThanOrEqual(3.5);
  });

  it("keep venues of one country within reach of each other", () => {
    const wide = new Set(["US", "AU"]);
    const spread = 5;
    for (const a of venues) {
      for (const b of venues) {
        if (a.country !== b.country || wide.has(a.country)) continue;
        const label = `${a.name} and ${b.name}`;
        expect(Math.abs(a.latitude - b.latitude), label).toBeLessThanOrEqual(spread);
        expect(Math.abs(a.longitude - b.longitude), label).toBeLessThanOrEqual(spread);
      }
    }
  });

  it("lie in both hemispheres, with and without daylight saving, far from UTC", () => {
    const zones = venues.map((venue) => venue.timeZone);
    const shifts = (zone: string) => offsetHours(zone, january) !== offsetHours(zone, july);
    expect(venues.filter((venue) => venue.latitude < 0).length).toBeGreaterThanOrEqual(4);
    expect(venues.filter((venue) => venue.latitude > 0).length).toBeGreaterThanOrEqual(4);
    expect(zones.some(shifts)).toBe(true);
    expect(zones.some((zone) => !shifts(zone))).toBe(true);
    expect(Math.max(...zones.map(standardOffset))).toBeGreaterThanOrEqual(12);
    expect(Math.min(...zones.map(standardOffset))).toBeLessThanOrEqual(-10);
    expect(zones.some((zone) => !Number.isInteger(standardOffset(zone)))).toBe(true);
  });
});

describe("shows", () => {
  it("spread over past, tonight, this week and later", () => {
    expect(shows.length).toBeGreaterThanOrEqual(120);
    expect(between(-120, -1).length).toBeGreaterThanOrEqual(20);
    expect(tonight.length).toBeGreaterThanOrEqual(8);
    expect(between(1, 7).length).toBeGreaterThanOrEqual(12);
    expect(between(8, 180).length).toBeGreaterThanOrEqual(40);
    expect(between(-120, 180).length).toBe(shows.length);
  });

  it("refer to artists and venues of the catalogue", () => {
    const names = new Set(artists.map((artist) => artist.name));
    expect(shows.filter((show) => !names.has(show.artist))).toEqual([]);
    expect(shows.filter((show) => !venueByName.has(show.venue))).toEqual([]);
  });

  it("start at a whole minute of the day, or at a time not announced", () => {
    for (const { artist, startTime, daysFromToday } of shows) {
      if (startTime === null) {
        expect(daysFromToday, artist).toBeGreaterThan(0);
        continue;
      }
      expect(startTime, artist).toMatch(/^\d\d:\d\d$/);
      const [hour, minute] = startTime.split(":").map(Number);
      expect(hour, artist).toBeLessThan(24);
      expect(minute, artist).toBeLessThan(60);
    }
    expect(shows.filter((show) => show.startTime === null).length).toBe(4);
  });

  it("are on whole days", () => {
    expect(shows.filter((show) => !Number.isInteger(show.daysFromToday))).toEqual([]);
  });

  it("never put one artist, or one venue, in two shows on one day", () => {
    expect(repeated(shows.map((show) => `${show.artist} on day ${show.daysFromToday}`))).toEqual(
      [],
    );
    expect(repeated(shows.map((show) => `${show.venue} on day ${show.daysFromToday}`))).toEqual([]);
  });

  it("cancel three and lock two, all of them ahead", () => {
    const marked = shows.filter((show) => show.state);
    expect(marked.filter((show) => show.state === "cancelled").length).toBe(3);
    expect(marked.filter((show) => show.state === "locked").length).toBe(2);
    expect(marked.filter((show) => show.daysFromToday <= 0)).toEqual([]);
  });

  it("give every artist an upcoming show that is on, and every venue two shows", () => {
    const upcoming = new Set(
      shows
        .filter((show) => show.daysFromToday > 0 && show.state !== "cancelled")
        .map((show) => show.artist),
    );
    expect(artists.filter((artist) => !upcoming.has(artist.name)).map((a) => a.name)).toEqual([]);
    const lonely = venues.filter(
      (venue) => shows.filter((show) => show.venue === venue.name).length < 2,
    );
    expect(lonely.map((venue) => venue.name)).toEqual([]);
  });

  it("include a residency of three or more nights in a row", () => {
    const nights = new Set(shows.map((s) => `${s.artist}@${s.venue}@${s.daysFromToday}`));
    const residency = shows.filter((s) =>
      [1, 2].every((later) => nights.has(`${s.artist}@${s.venue}@${s.daysFromToday + later}`)),
    );
    expect(residency.length).toBeGreaterThanOrEqual(1);
  });

  /** When a show of "today" starts, if today is the given day by the venue's own calendar. */
  function startOn(day: number, show: (typeof shows)[number]): number {
    const zone = venueByName.get(show.venue)?.timeZone ?? "UTC";
    const [hour = 0, minute = 0] = (show.startTime ?? "00:00").split(":").map(Number);
    const wall = day + (hour * 60 + minute) * 60_000;
    return wall - offsetHours(zone, wall) * 3_600_000;
  }

  it.each([
    ["January", january],
    ["July", july],
  ])("leave some show of tonight still to start at every UTC half hour in %s", (_month, day) => {
    for (let now = day; now < day + 86_400_000; now += 1_800_000) {
      const label = new Date(now).toISOString();
      const byUtcDay = tonight.filter((show) => startOn(day, show) > now);
      const byVenueDay = tonight.filter((show) => {
        const zone = venueByName.get(show.venue)?.timeZone ?? "UTC";
        const local = now + offsetHours(zone, now) * 3_600_000;
        return startOn(local - (((local % 86_400_000) + 86_400_000) % 86_400_000), show) > now;
      });
      expect(byUtcDay.length, label).toBeGreaterThanOrEqual(1);
      expect(byVenueDay.length, label).toBeGreaterThanOrEqual(1);
    }
  });
});

describe("fans", () => {
  it("are 48 unique names of a length a page can show", () => {
    expect(demoFans.length).toBe(48);
    expect(repeated(demoFans)).toEqual([]);
    expect(demoFans.filter((name) => name.length < 3 || name.length > 24)).toEqual([]);
  });

  it("do not carry the name of an artist", () => {
    const names = new Set(artists.map((artist) => key(artist.name)));
    expect(demoFans.filter((name) => names.has(key(name)))).toEqual([]);
  });
});

describe("all text", () => {
  const texts = [
    ...artists.flatMap(({ name, genre, songs }) => [name, genre, ...songs]),
    ...venues.flatMap(({ name, city }) => [name, city]),
    ...shows.flatMap(({ tour }) => (tour === null ? [] : [tour])),
    ...demoFans,
  ];

  it("is trimmed, composed and free of control characters", () => {
    expect(texts.filter((text) => text === "" || text !== text.trim())).toEqual([]);
    expect(texts.filter((text) => text !== text.normalize("NFC"))).toEqual([]);
    expect(texts.filter((text) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]| {2}/u.test(text))).toEqual([]);
  });

  it("uses real two-letter country codes", () => {
    const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
    const codes = new Set([...artists, ...venues].map(({ country }) => country));
    for (const code of codes) {
      expect(code).toMatch(/^[A-Z]{2}$/);
      expect(regions.of(code), code).toBeTruthy();
    }
  });
});
