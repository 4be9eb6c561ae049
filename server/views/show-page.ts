import { rankedBallot, votedFor } from "#db/queries/ballots.ts";
import { callsOf, type CalledSongs } from "#db/queries/calls.ts";
import { billOf, ticketsOf } from "#db/queries/page-sources.ts";
import { showDetails } from "#db/queries/shows.ts";
import { usedAllowance } from "#db/queries/votes.ts";
import { ATTRIBUTION } from "../domain/attribution.ts";
import { iso } from "../domain/instant.ts";
import type { Provider } from "../domain/provider-records.ts";
import { allowanceLeft, utcDay, type Allowance } from "../domain/voting.ts";
import { setlistsOfShow, type ActualSetlist } from "./actual-setlists.ts";
import { fansOf, saidOf, sureOf, type SaidOfSong } from "./forecast.ts";
import { missing } from "./missing.ts";
import { pageSources, type Source } from "./page-sources.ts";
import type { Key, Reader } from "./reader.ts";
import { votingState, type ArtistRef, type ShowSummary, type VenueDetails, type VotingState } from "./show-summary.ts";

export interface BallotRow extends SaidOfSong {
  setlistSongId: number;
  song: { id: number; title: string };
  /** Place on the ballot before anyone voted; decides between equal votes. */
  position: number;
  votes: number;
  /** Part of all votes of the show, 0 to 1. */
  share: number;
  /** Whether the asking fan has voted for it. */
  mine: boolean;
  /** Whether a fan added it. */
  suggested: boolean;
  /** How sure forecast and votes together are that it is played, 0 to 1; null without a forecast. */
  confidence: number | null;
}

/** What a fan has left, with the reset as an ISO instant. */
export type AllowanceLeft = Omit<Allowance, "dayResetsAt"> & { dayResetsAt: string };

export interface ShowPage {
  show: Pick<ShowSummary, "id" | "slug" | "localDate" | "startsAt" | "status" | "tour">;
  artist: ArtistRef;
  venue: VenueDetails;
  /** Ranked: most votes first, ties in the order the ballot started with. */
  ballot: BallotRow[];
  totalVotes: number;
  /** About how many fans these votes are of. */
  fans: number;
  tallyVersion: number;
  voting: VotingState;
  /** Null for an anonymous visitor. */
  allowance: AllowanceLeft | null;
  /** The setlist songs that the asking fan has named for a role; they count for songs voted for. Null for an anonymous visitor. */
  calls: CalledSongs | null;
  /** Whether a moderator checks the asking fan's votes here, which do not count in the tally meanwhile. */
  held: boolean;
  /** Who else is on the bill, in its order; with the slug of those who have a page here. */
  alsoOnBill: { name: string; slug: string | null }[];
  /** Where tickets are sold, one for each provider; none of a show that is not to come. */
  tickets: { provider: Provider; url: string; text: string }[];
  /** What was played, as each source has it. */
  setlists: ActualSetlist[];
  /** Whose data it is. */
  sources: Source[];
}

/** A show with its ballot as one visitor sees it. Throws `not_found` or `gone`. */
export async function showPage(
  reader: Reader,
  { show: key, userId, now }: { show: Key; userId: number | null; now: number },
): Promise<ShowPage> {
  const row = await showDetails(reader, key);
  if (!row) throw await missing(reader, "show", key);
  const songs = await rankedBallot(reader, row.id);
  const mine = userId === null ? new Set<number>() : await votedFor(reader, userId, row.id);
  const used = userId === null ? null : await usedAllowance(reader, { userId, showId: row.id, day: utcDay(now) });
  const { id, slug, localDate, status, tour, artist, venue, totalVotes, tallyVersion } = row;
  const bill = await billOf(reader, id);
  const said = await saidOf(reader, id);
  const fans = await fansOf(reader, id, totalVotes);
  return {
    show: { id, slug, localDate, startsAt: row.startsAt === null ? null : iso(row.startsAt), status, tour },
    artist,
    venue: { ...venue, ...row.place },
    ballot: songs.map(({ songId, title, ...song }) => ({
      ...song,
      song: { id: songId, title },
      share: totalVotes === 0 ? 0 : song.votes / totalVotes,
      mine: mine.has(song.setlistSongId),
      ...about(song.votes, fans, said.get(song.setlistSongId)),
    })),
    totalVotes,
    fans,
    tallyVersion,
    voting: votingState(row, now),
    allowance: used && presentAllowance(allowanceLeft(used, now)),
    calls: userId === null ? null : await callsOf(reader, userId, id),
    held: used?.held ?? false,
    alsoOnBill: bill.filter((act) => act.artistId !== artist.id).map(({ name, slug: act }) => ({ name, slug: act })),
    tickets: status === "upcoming" ? await ticketLinks(reader, id) : [],
    setlists: await setlistsOfShow(reader, id),
    sources: await pageSources(reader, {
      artists: [artist.id],
      venues: [venue.id],
      shows: [id],
      songsOf: artist.id,
      genre: artist.genre !== null,
    }),
  };
}

/** Of a song that came to the ballot this instant nothing is said yet. */
function about(votes: number, fans: number, said: SaidOfSong = { forecast: null, reasons: "", trend: 1 }): SaidOfSong & Pick<BallotRow, "confidence"> {
  return { ...said, confidence: sureOf(said.forecast, votes, fans) };
}

async function ticketLinks(reader: Reader, id: number): Promise<ShowPage["tickets"]> {
  const first = new Map((await ticketsOf(reader, id)).toReversed().map((ticket) => [ticket.provider, ticket.url]));
  return [...first].map(([provider, url]) => ({ provider, url, text: ATTRIBUTION[provider].linkText }));
}

export function presentAllowance(allowance: Allowance): AllowanceLeft {
  return { ...allowance, dayResetsAt: iso(allowance.dayResetsAt) };
}
