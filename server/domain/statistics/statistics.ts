/** A song with how often it was played in the shows looked at. */
export interface SongFigure {
  songId: number;
  plays: number;
  /** yyyy-mm-dd of the first and the latest of them. */
  firstOn: string;
  lastOn: string;
}

/** How long a song was away and how long at most, in shows. */
export interface GapFigure {
  songId: number;
  plays: number;
  /** Shows since it was played last. */
  away: number;
  /** Most shows between two of its plays; null with one play. */
  longest: number | null;
}

/** How many songs the shows had. Tapes do not count; a song that comes twice counts once. */
export interface LengthFigures {
  mean: number;
  median: number;
  shortest: number;
  longest: number;
}

/** Figures of an artist's past shows, of which a setlist with songs is known. Lists are the longest first and cut. */
export interface ArtistStatistics {
  shows: number;
  /** Different songs played. */
  songs: number;
  firstOn: string;
  lastOn: string;
  length: LengthFigures;
  mostPlayed: SongFigure[];
  /** Songs played at one or two shows. */
  rarities: SongFigure[];
  openers: SongFigure[];
  closers: SongFigure[];
  encores: SongFigure[];
  gaps: GapFigure[];
  /** Shows and mean length by month or year, in order. */
  over: { period: string; shows: number; meanLength: number }[];
}
