import { expect, test } from "vitest";
import { readTypedId } from "#server/domain/matching/id-in-address.ts";

const MBID = "5441c29d-3602-4898-b1a1-b77fa23b8e50";

test.each([
  [`https://musicbrainz.org/artist/${MBID}`, "musicbrainz", MBID],
  [`https://beta.musicbrainz.org/place/${MBID.toUpperCase()}/events?x=1`, "musicbrainz", MBID],
  ["https://open.spotify.com/artist/4Z8W4fKeB5YxbusRsdQVPb?si=abc", "spotify", "4Z8W4fKeB5YxbusRsdQVPb"],
  ["https://open.spotify.com/intl-de/track/4Z8W4fKeB5YxbusRsdQVPb", "spotify", "4Z8W4fKeB5YxbusRsdQVPb"],
  ["spotify:artist:4Z8W4fKeB5YxbusRsdQVPb", "spotify", "4Z8W4fKeB5YxbusRsdQVPb"],
  ["https://www.setlist.fm/venue/lantern-hall-berlin-germany-bd63d2a2.html", "setlistfm", "bd63d2a2"],
])("the address %s names its provider and id, whatever was chosen", (typed, provider, id) => {
  expect(readTypedId(`  ${typed} `, "ticketmaster")).toEqual({ ok: true, provider, id });
});

test("an id is one of the provider that was chosen", () => {
  expect(readTypedId(" K8vZ9171ob7 ", "ticketmaster")).toEqual({ ok: true, provider: "ticketmaster", id: "K8vZ9171ob7" });
  expect(readTypedId("K8vZ9171ob7", undefined)).toMatchObject({ ok: false, problem: "Choose the provider that has this id." });
});

test.each([
  ["https://www.setlist.fm/setlists/nora-vale-23d6a88b.html", /Give the artist’s MusicBrainz id/],
  ["https://www.ticketmaster.de/nora-vale-tickets/artist/123456", /Give the id itself/],
  ["https://example.org/artist/1", /neither an id nor the address/],
  ["https://musicbrainz.org/artist/not-an-id", /neither an id nor the address/],
  ["two words", /neither an id nor the address/],
  ["", /neither an id nor the address/],
  ["x".repeat(101), /neither an id nor the address/],
])("%s is refused with what to give instead", (typed, problem) => {
  expect(readTypedId(typed, "musicbrainz")).toEqual({ ok: false, problem: expect.stringMatching(problem) as string });
});
