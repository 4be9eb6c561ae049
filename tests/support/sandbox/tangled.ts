import { otherScript, twoWordName } from "./names.ts";
import type { ArtistSpec } from "./world.ts";

const SMALL = { recordings: 8, works: 8, albums: 2, upcomingShows: 2, pastShows: 2 } satisfies ArtistSpec;
const UNLINKED = { ...SMALL, links: [] } satisfies ArtistSpec;

/** One or two artists that providers know under other names, ids and numbers of pages. */
type Tangle = (nth: number) => ArtistSpec[];

/** By what is tangled; `nth` makes other names of it each time. */
export const TANGLES = {
  "linked everywhere": (nth) => [{ ...SMALL, name: `The ${twoWordName(nth)}` }],
  "another case": (nth) => [{ ...UNLINKED, name: twoWordName(nth), names: { ticketmaster: twoWordName(nth).toUpperCase(), spotify: twoWordName(nth).toLowerCase() } }],
  "without accents": (nth) => [{ ...UNLINKED, name: `Électrique ${twoWordName(nth)}`, names: { ticketmaster: `Electrique ${twoWordName(nth)}` } }],
  "without the article": (nth) => [{ ...UNLINKED, name: `The ${twoWordName(nth)}`, names: { ticketmaster: twoWordName(nth), spotify: `${twoWordName(nth)}, The` } }],
  "and for &": (nth) => [{ ...UNLINKED, name: `${word(nth, 0)} & the ${word(nth, 1)}`, names: { spotify: `${word(nth, 0)} and The ${word(nth, 1)}` } }],
  "sorted by family name": (nth) => [{ ...UNLINKED, name: twoWordName(nth), names: { ticketmaster: `${word(nth, 1)}, ${word(nth, 0)}` } }],
  "by an alias": (nth) => [{ ...UNLINKED, name: twoWordName(nth), aliases: [`Formerly ${word(nth, 1)} Quintet`], names: { ticketmaster: `Formerly ${word(nth, 1)} Quintet` } }],
  "in another script": (nth) => [{ ...UNLINKED, name: otherScript(nth)[0], aliases: [otherScript(nth)[1]], names: { spotify: otherScript(nth)[1], ticketmaster: otherScript(nth)[1] } }],
  "with a guest": (nth) => [{ ...UNLINKED, name: twoWordName(nth), names: { ticketmaster: `${twoWordName(nth)} feat. Kid Lumen` } }],
  "two pages at Ticketmaster": (nth) => [{ ...UNLINKED, name: twoWordName(nth), pages: { ticketmaster: 2 } }],
  "two pages at Spotify, one of them linked": (nth) => [{ ...SMALL, name: twoWordName(nth), pages: { spotify: 2 } }],
  "namesakes, told apart": (nth) => [
    { ...UNLINKED, name: twoWordName(nth), genre: "Metal", country: "SE" },
    { ...UNLINKED, name: twoWordName(nth), genre: "Jazz", country: "JP" },
  ],
  "namesakes, one of them on Spotify alone": (nth) => [
    { ...UNLINKED, name: twoWordName(nth), genre: "Folk", country: "US", pages: { spotify: 0 } },
    { ...UNLINKED, name: twoWordName(nth), genre: "Electronic", country: "DE", pages: { ticketmaster: 0 } },
  ],
  "on MusicBrainz alone": (nth) => [{ ...UNLINKED, name: twoWordName(nth), pages: { spotify: 0, ticketmaster: 0 } }],
  "linked to Spotify alone": (nth) => [{ ...SMALL, name: twoWordName(nth), links: ["musicbrainz"] }],
  "a single word": (nth) => [{ ...UNLINKED, name: `${word(nth, 0)}${word(nth, 1).toLowerCase()}` }],
  "signs only": (nth) => [{ ...UNLINKED, name: ["!!!", "🎸🔥", "+/-", "???"][nth % 4]! + "!".repeat(nth >> 2) }],
} satisfies Record<string, Tangle>;

function word(nth: number, at: 0 | 1): string {
  return twoWordName(nth).split(" ")[at]!;
}

/** Enough to be compared, and quick to be read. */
const SMALLEST = { recordings: 6, works: 6, albums: 1, upcomingShows: 1, pastShows: 1 } satisfies ArtistSpec;

/** So many artists with hardly any songs and shows, of each kind of tangle in turn. */
export function tangledArtists(count: number): ArtistSpec[] {
  const kinds = Object.values(TANGLES) as Tangle[];
  const specs: ArtistSpec[] = [];
  for (let nth = 0; specs.length < count; nth += 1) specs.push(...kinds[nth % kinds.length]!(nth));
  return specs.slice(0, count).map((spec) => ({ ...spec, ...SMALLEST }));
}
