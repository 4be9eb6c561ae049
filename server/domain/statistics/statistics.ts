/** A song with how often it was played in the shows looked at. */
export interface SongFigure {
  songId: number;
  plays: number;
  /** yyyy-mm-dd of the first and the latest of them. */
  firstOn: string;
  lastOn: string;
}

/** A song with how often it opened, closed or came in an encore. */
export interface RoleFigure {
  songId: number;
  times: number;
  /** Of how many plays. */
  plays: number;
}

/** How long a song has been away and how long at most, in shows. */
export interface GapFigure {
  songId: number;
  plays: number;
  /** yyyy-mm-dd of the latest play. */
  lastOn: string;
  /** Shows since then without it. */
  away: number;
  /** Most shows without it between two plays; null with one play. */
  longest: number | null;
}

/** How many songs the shows had. Tapes do not count; a song that comes twice counts once. */
export interface LengthFigures {
  mean: number;
  median: number;
  shortest: number;
  longest: number;
}

/** The shows of a month (yyyy-mm) or a year (yyyy). */
export interface PeriodFigures {
  period: string;
  shows: number;
  /** Songs a show. */
  meanLength: number;
  /** Different songs played in it. */
  songs: number;
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
  /** Songs played at one or two shows, the latest first, and how many such songs there are. */
  rarities: SongFigure[];
  rare: number;
  openers: RoleFigure[];
  closers: RoleFigure[];
  encores: RoleFigure[];
  /** Songs of three plays or more that were away the longest. */
  gaps: GapFigure[];
  /** By month for a year or less than two, else by year, in order. */
  over: PeriodFigures[];
}

export const SCOPES = ["all", "year", "tour"] as const;
/** All of an artist's shows, those of a year (of the local date) or those of a tour. */
export type Scope = (typeof SCOPES)[number];
