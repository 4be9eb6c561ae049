import { expect, test } from "vitest";
import { artistFactsOf, artistSideOf, venueFactsOf, type Told, type VenueRecordSide } from "#server/domain/matching/facts.ts";
import type { ArtistSide } from "#server/domain/matching/score-artists.ts";
import { bestOfVenues, scoreToldVenues } from "#server/domain/matching/venue-keys.ts";

const told = (provider: Told<ArtistSide>["provider"], record: ArtistSide, more: Partial<Told<ArtistSide>> = {}): Told<ArtistSide> => ({ provider, providerId: `${provider} id`, confidence: 1, record, ...more });

const RECORDS = [
  told("ticketmaster", { name: "ZIMNIY MAYAK", genres: ["Rock"] }),
  told("spotify", { name: "Zimniy Mayak", genres: ["indie", "rock"] }),
  told("musicbrainz", { name: "Зимний Маяк", sortName: "Маяк, Зимний", country: "RU", genres: [] }),
];

test("an artist is called as MusicBrainz has it, and what that does not say the others do, whoever came first", () => {
  const facts = { name: "Зимний Маяк", country: "RU", genre: "indie" };
  for (const order of [RECORDS, RECORDS.toReversed(), [RECORDS[1]!, RECORDS[2]!, RECORDS[0]!]]) expect(artistFactsOf(order)).toEqual(facts);
  expect(artistSideOf(RECORDS)).toEqual(artistSideOf(RECORDS.toReversed()));
});

test("an id that its provider has given up is believed last, and is an artist's no more when it is compared", () => {
  const gone = told("musicbrainz", { name: "Former Name" }, { providerId: "a", confidence: 0 });
  expect(artistFactsOf([gone, RECORDS[1]!])?.name).toBe("Zimniy Mayak");
  expect(artistSideOf([gone, RECORDS[1]!])?.ids).toEqual([{ provider: "spotify", id: "spotify id" }]);
});

test("nobody has said anything of an artist without records", () => {
  expect([artistFactsOf([]), artistSideOf([]), venueFactsOf([])]).toEqual([null, null, null]);
});

const PLACE = { city: "London", region: null, country: "GB", timeZone: "Europe/London" };
const venue = (provider: Told<VenueRecordSide>["provider"], record: Partial<VenueRecordSide> & { name: string }): Told<VenueRecordSide> => ({
  provider, providerId: `${provider} ${record.name}`, confidence: 1, record: { ...PLACE, latitude: null, longitude: null, ids: [{ provider, id: `${provider} ${record.name}` }], ...record },
});

const ON_THE_MAP = venue("ticketmaster", { name: "Lantern Hall", latitude: 51.47, longitude: -0.2 });
const IN_TOWN = venue("setlistfm", { name: "The Lantern Hall", latitude: 51.51, longitude: -0.13 });

test("a venue is called and placed as Ticketmaster has it, whoever came first", () => {
  for (const order of [[ON_THE_MAP, IN_TOWN], [IN_TOWN, ON_THE_MAP]]) expect(venueFactsOf(order)).toMatchObject({ name: "Lantern Hall", latitude: 51.47 });
});

test("the middle of the town, where setlist.fm puts its venues, neither joins nor parts two venues of the town", () => {
  expect(scoreToldVenues(ON_THE_MAP, IN_TOWN).verdict).toBe("automatic");
  const neighbour = venue("ticketmaster", { name: "Copper Dome", latitude: 51.51, longitude: -0.13 });
  expect(scoreToldVenues(neighbour, IN_TOWN).verdict).toBe("none");
});

test("a venue is like another one if any of its records is", () => {
  const renamed = venue("ticketmaster", { name: "Copper Dome", latitude: 51.47, longitude: -0.2 });
  expect(bestOfVenues([renamed], [IN_TOWN]).verdict).toBe("none");
  expect(bestOfVenues([renamed, ON_THE_MAP], [IN_TOWN]).verdict).toBe("automatic");
});
