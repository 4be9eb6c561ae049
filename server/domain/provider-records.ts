/** What providers know, in our words and before it is stored. Dates are yyyy-mm-dd, times hh:mm, instants epoch ms. */

export const PROVIDERS = ["musicbrainz", "setlistfm", "ticketmaster", "spotify"] as const;
export type Provider = (typeof PROVIDERS)[number];

/** An id of a provider, its own or one that it states of another. */
export interface ProviderId {
  provider: Provider;
  id: string;
}

export interface ArtistRecord {
  id: string;
  name: string;
  sortName: string | null;
  /** Tells it from others of the name, such as "US rapper". */
  disambiguation: string | null;
  aliases: string[];
  /** ISO 3166-1 alpha-2, in capitals. */
  country: string | null;
  genres: string[];
  /** The artist's page at the provider. */
  url: string | null;
  imageUrl: string | null;
  /** The same artist elsewhere, as this provider says. */
  sameAs: ProviderId[];
}

export type AlbumKind = "album" | "single" | "ep" | "compilation" | "live" | "other";

export interface AlbumRecord {
  id: string;
  title: string;
  kind: AlbumKind;
  /** yyyy, yyyy-mm or yyyy-mm-dd. */
  releasedOn: string | null;
  url: string | null;
  imageUrl: string | null;
}

/** One track or recording; several of them may be the same song. */
export interface SongRecord {
  id: string;
  title: string;
  /** Who it is by, as credited, the main artist first. */
  artists: { id: string | null; name: string }[];
  /** What it is a recording of, where the provider says; the same for all its recordings. */
  workId: string | null;
  isrcs: string[];
  albumId: string | null;
  discNumber: number | null;
  trackNumber: number | null;
  durationMs: number | null;
  /** yyyy, yyyy-mm or yyyy-mm-dd. */
  releasedOn: string | null;
  /** A film of it, not a recording to listen to. */
  video: boolean;
  /** What the provider adds to tell it apart, such as "live, 1999-07-23: Woodstock". */
  note: string | null;
  url: string | null;
}

/** A song as it was written, whoever plays it: what the `workId` of its recordings names. */
export interface WorkRecord {
  id: string;
  title: string;
  aliases: string[];
  /** What the provider adds to tell it apart. */
  note: string | null;
  url: string | null;
}

export interface VenueRecord {
  id: string;
  name: string;
  city: string | null;
  /** The city's number at GeoNames, where the provider knows it. */
  cityGeonamesId?: string | null;
  /** State, province or the like. */
  region: string | null;
  /** ISO 3166-1 alpha-2, in capitals. */
  country: string | null;
  latitude: number | null;
  longitude: number | null;
  /** IANA name. */
  timeZone: string | null;
  url: string | null;
}

export type ShowRecordStatus = "scheduled" | "rescheduled" | "postponed" | "cancelled";

export interface ShowRecord {
  id: string;
  name: string;
  /** All on the bill, the main one first; none where the provider names none. */
  artists: { id: string; name: string; sameAs: ProviderId[] }[];
  venue: VenueRecord | null;
  /** By the venue's calendar; null while there is no new date, or it is to be announced. */
  localDate: string | null;
  /** By the venue's clock; null while it is to be announced. */
  localTime: string | null;
  /** IANA name. */
  timeZone: string | null;
  startsAt: number | null;
  status: ShowRecordStatus;
  tour: string | null;
  ticketUrl: string | null;
  url: string | null;
}

export interface PlayedSong {
  title: string;
  /** By whom it is, where that is another artist. */
  coverOf: { id: string | null; name: string } | null;
  guest: { id: string | null; name: string } | null;
  /** Played from a recording. */
  tape: boolean;
  note: string | null;
}

export interface PlayedSet {
  name: string | null;
  /** 1 for the first encore and so on; null for a set of the show itself. */
  encore: number | null;
  songs: PlayedSong[];
}

/** What was played, as somebody wrote it down. */
export interface SetlistRecord {
  id: string;
  /** Changes with each edit. */
  version: string;
  artist: { id: string; name: string; sameAs: ProviderId[] };
  localDate: string;
  venue: VenueRecord | null;
  tour: string | null;
  /** In order; empty where nobody has written down a song yet. */
  sets: PlayedSet[];
  note: string | null;
  /** When it was last edited, epoch ms. */
  editedAt: number | null;
  /** Where it has to be linked to. */
  url: string;
}

/** Why a record of an answer was not taken. */
export type RefusalReason = "no_name" | "no_id" | "no_date" | "no_artist" | "not_this_kind" | "malformed";

export interface Refusal {
  reason: RefusalReason;
  /** The provider's id, where there is one. */
  id: string | null;
  /** What was wrong, for the log. */
  detail: string;
}

/** What an answer holds that can be used, and what not. */
export interface Records<T> {
  records: T[];
  refused: Refusal[];
}

/** One of several pages of a list. */
export interface Page<T> extends Records<T> {
  /** What to ask with for the next page; null at the end. */
  next: string | null;
  /** How many there are in all, where the provider says. */
  total: number | null;
}
