export interface CatalogueArtist {
  name: string;
  genre: string;
  /** ISO 3166-1 alpha-2 */
  country: string;
  /** Most likely played first. */
  songs: readonly string[];
}

export interface CatalogueVenue {
  name: string;
  city: string;
  /** ISO 3166-1 alpha-2 */
  country: string;
  latitude: number;
  longitude: number;
  capacity: number;
  /** IANA zone name */
  timeZone: string;
}

export interface CatalogueShow {
  /** Name of a catalogue artist. */
  artist: string;
  /** Name of a catalogue venue. */
  venue: string;
  /** Whole days from the day the catalogue is loaded; negative is past, 0 is tonight. */
  daysFromToday: number;
  /** "20:00" by the venue's clock; null while not announced. */
  startTime: string | null;
  tour: string | null;
  state?: "cancelled" | "locked";
}
