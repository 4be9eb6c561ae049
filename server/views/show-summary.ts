import type { ListedShow } from "#db/queries/shows.ts";
import { iso } from "../domain/instant.ts";
import { votingAt, type ClosedReason, type ShowStatus, type Voting } from "../domain/voting.ts";

export interface ArtistRef {
  id: number;
  slug: string;
  name: string;
  /** Null where nobody has said. */
  genre: string | null;
  /** ISO 3166-1 alpha-2; null where nobody has said. */
  country: string | null;
}

/** An artist on its own page or in a list of artists. */
export interface ArtistDetails extends ArtistRef {
  /** Tells it from others of the name, such as "US rapper"; null where nobody has said. */
  disambiguation: string | null;
}

export interface VenueRef {
  id: number;
  slug: string;
  name: string;
  /** Null where nobody has said. */
  city: string | null;
  /** ISO 3166-1 alpha-2; null where nobody has said. */
  country: string | null;
  /** IANA zone name. */
  timeZone: string;
}

export interface VotingState {
  open: boolean;
  /** ISO instant. */
  closesAt: string;
  reason: ClosedReason | null;
}

/** A venue on its own page or a show's; coordinates in degrees, and all of it null where nobody has said. */
export interface VenueDetails extends VenueRef {
  /** State, province or the like. */
  region: string | null;
  latitude: number | null;
  longitude: number | null;
  capacity: number | null;
}

/** A show as lists present it; instants in ISO 8601, `localDate` as yyyy-mm-dd at the venue. */
export interface ShowSummary {
  id: number;
  slug: string;
  localDate: string;
  startsAt: string | null;
  status: ShowStatus;
  tour: string | null;
  artist: ArtistRef;
  venue: VenueRef;
  totalVotes: number;
  voting: VotingState;
}

export function summarise(row: ListedShow, now: number): ShowSummary {
  const { id, slug, localDate, startsAt, status, tour, artist, venue, totalVotes } = row;
  const start = startsAt === null ? null : iso(startsAt);
  return { id, slug, localDate, startsAt: start, status, tour, artist, venue, totalVotes, voting: votingState(row, now) };
}

export function votingState(
  row: { status: ShowStatus; closesAt: number; lockedAt: number | null },
  now: number,
): VotingState {
  const ballot = { status: row.status, closesAt: row.closesAt, locked: row.lockedAt !== null };
  return presentVoting(votingAt(ballot, now));
}

export function presentVoting(voting: Voting): VotingState {
  return { ...voting, closesAt: iso(voting.closesAt) };
}
