import { PROVIDERS, type Provider } from "./provider-records.ts";

/** What a page says of a provider whose data it shows, and where it links to. */
export interface Attribution {
  name: string;
  /** The provider's own site. */
  home: string;
  /** For the foot of a page that shows something of it. */
  text: string;
  /** Text of the link to the artist's, album's, song's, setlist's or ticket's own page there, beside each. */
  linkText: string;
  /** Text of the link to an artist's page there. */
  artistLinkText: string;
  /** What it asks of whoever shows its data. */
  termsUrl: string;
  /** A licence that goes with `text`, where part of the data has one. */
  licence: Readonly<{ text: string; url: string }> | null;
}

/** What each provider's terms ask pages to say. Sources: those of jobs/providers, in each one's terms.ts. */
export const ATTRIBUTION: Readonly<Record<Provider, Readonly<Attribution>>> = {
  musicbrainz: {
    name: "MusicBrainz",
    home: "https://musicbrainz.org",
    text: "Artists, genres, songs and albums from MusicBrainz",
    linkText: "More at MusicBrainz",
    artistLinkText: "More at MusicBrainz",
    termsUrl: "https://musicbrainz.org/doc/About/Data_License",
    licence: { text: "Genres under CC BY-NC-SA 3.0", url: "https://creativecommons.org/licenses/by-nc-sa/3.0/" },
  },
  setlistfm: {
    name: "setlist.fm",
    home: "https://www.setlist.fm",
    text: "Setlists from setlist.fm",
    linkText: "This setlist on setlist.fm",
    artistLinkText: "More at setlist.fm",
    termsUrl: "https://www.setlist.fm/help/api-terms",
    licence: null,
  },
  ticketmaster: {
    name: "Ticketmaster",
    home: "https://www.ticketmaster.com",
    text: "Shows and tickets from Ticketmaster",
    linkText: "Tickets at Ticketmaster",
    artistLinkText: "More at Ticketmaster",
    termsUrl: "https://developer.ticketmaster.com/support/terms-of-use/",
    licence: null,
  },
  spotify: {
    name: "Spotify",
    home: "https://open.spotify.com",
    text: "Albums and songs from Spotify",
    linkText: "Listen on Spotify",
    artistLinkText: "Listen on Spotify",
    termsUrl: "https://developer.spotify.com/terms",
    licence: null,
  },
};

/** Of the providers that a page shows something of, each once and always in the same order. */
export function attributionsOf(shown: Iterable<Provider>): ({ provider: Provider } & Attribution)[] {
  const used = new Set(shown);
  return PROVIDERS.filter((provider) => used.has(provider)).map((provider) => ({ provider, ...ATTRIBUTION[provider] }));
}
