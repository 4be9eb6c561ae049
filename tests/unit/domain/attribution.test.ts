import { expect, it } from "vitest";
import { ATTRIBUTION, attributionsOf } from "#server/domain/attribution.ts";
import { PROVIDERS } from "#server/domain/provider-records.ts";

it("says of every provider whose data it is, and links to its site and terms", () => {
  expect(Object.keys(ATTRIBUTION).toSorted()).toEqual([...PROVIDERS].toSorted());
  for (const { name, home, text, linkText, artistLinkText, termsUrl } of Object.values(ATTRIBUTION)) {
    expect(text).toContain(name);
    expect(linkText).toContain(name);
    expect(artistLinkText).toContain(name);
    for (const address of [home, termsUrl]) expect(new URL(address).protocol).toBe("https:");
  }
});

it("names each provider of a page once, always in the same order", () => {
  const names = attributionsOf(["spotify", "setlistfm", "spotify", "musicbrainz"]).map(({ provider, name }) => `${provider} ${name}`);
  expect(names).toEqual(["musicbrainz MusicBrainz", "setlistfm setlist.fm", "spotify Spotify"]);
  expect(attributionsOf([])).toEqual([]);
});
