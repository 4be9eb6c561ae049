/** What MusicBrainz asks of whoever uses it. Source: musicbrainz.org/doc/MusicBrainz_API and /doc/About/Data_License. */
export const MUSICBRAINZ = {
  base: "https://musicbrainz.org/ws/2",
  /** One request a second for each address; it answers 503 beyond that. */
  minTimeMs: 1_100,
  /** The most items that a page can have. */
  pageSize: 100,
  home: "https://musicbrainz.org",
  attribution: "Artists, songs and albums from MusicBrainz",
  license: "CC0 1.0",
  licenseUrl: "https://musicbrainz.org/doc/About/Data_License",
  terms: [
    "MusicBrainz needs no key.",
    "Its core data (artists, aliases, recordings, works, albums, links) is CC0: free for any use, and we say where it is from.",
    "Genres are supplementary data under CC BY-NC-SA 3.0: non-commercial use, with credit, shared alike.",
    "Its web service is free for non-commercial use; if your site earns money, see https://metabrainz.org/supporters.",
    "It takes one request a second from each address, and each must say which program asks and how to reach whoever runs it.",
  ],
} as const;

const CONTACT = /^(https?:\/\/[^\s()<>]+|[^\s()<>@]+@[^\s()<>@]+)$/;

/**
 * The User-Agent that MusicBrainz requires, such as "TheSet/0.1.0 ( https://example.org )": without one that
 * names the program and a contact it turns requests away. Throws a RangeError for a contact that is neither
 * an http(s) address nor a mail address.
 */
export function userAgent(version: string, contact: string): string {
  if (!CONTACT.test(contact)) {
    throw new RangeError(
      `"${contact}" does not tell MusicBrainz how to reach you: give your site's address (https://…) or a mail address.`,
    );
  }
  return `TheSet/${version.replace(/[^\w.+-]/g, "")} ( ${contact} )`;
}
