/** What MusicBrainz asks of whoever uses it. Source: musicbrainz.org, MusicBrainz API, its Rate Limiting, and Data License. */
export const MUSICBRAINZ = {
  base: "https://musicbrainz.org/ws/2",
  /** One request a second from each address; it answers 503 beyond that. */
  minTimeMs: 1_100,
  /** The addresses of its pages begin so. */
  home: "https://musicbrainz.org",
  terms: [
    "You need no key.",
    "Its core data (artists, aliases, recordings, works, albums and links) is CC0: free for any use. We say where it is from all the same.",
    "Genres are supplementary data under CC BY-NC-SA 3.0: for non-commercial use, with credit, and shared alike.",
    "Its web service is free for non-commercial use. If your site earns money, see metabrainz.org/supporters.",
    "It takes one request a second from each address, and each has to say which program asks and how to reach whoever runs it.",
  ],
} as const;

const CONTACT = /^(https?:\/\/[^\s()<>]+|[^\s()<>@]+@[^\s()<>@]+)$/;

/**
 * The User-Agent that MusicBrainz requires, such as "TheSet/0.1.0 ( https://example.org )": it turns away
 * who does not name the program and a contact. Throws a RangeError for a contact that is neither an http(s)
 * address nor a mail address.
 */
export function userAgent(version: string, contact: string): string {
  if (!CONTACT.test(contact)) {
    throw new RangeError(
      `"${contact}" does not tell MusicBrainz how to reach you: give your site's address (https://…) or a mail address.`,
    );
  }
  return `TheSet/${version.replace(/[^\w.+-]/g, "")} ( ${contact} )`;
}
