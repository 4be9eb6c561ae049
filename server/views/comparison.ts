import { fansCalls, standingVotes } from "#db/queries/comparison.ts";
import { ranksAtShows } from "#db/queries/fan-results.ts";
import { outcomeFacts } from "#db/queries/outcomes.ts";
import { showDetails, type ShowDetails } from "#db/queries/shows.ts";
import { songTitles } from "#db/queries/song-titles.ts";
import { usedAllowance } from "#db/queries/votes.ts";
import { iso } from "../domain/instant.ts";
import { compare, type ComparedCall, type ComparedEntry, type FansBallot } from "../domain/results/compare.ts";
import { expectedSongs, type ExpectedSong } from "../domain/results/expected-songs.ts";
import type { FrameSet, OtherAccount, SetlistFrame } from "../domain/results/setlist-frame.ts";
import { noScoreOf, stateOf, type ComparisonState, type NoScore } from "../domain/results/standing.ts";
import { verdictWords } from "../domain/results/words.ts";
import type { FanScore } from "../domain/scoring/fan-score.ts";
import { saidBefore } from "../domain/scoring/outcome.ts";
import { utcDay } from "../domain/voting.ts";
import { setlistsOfShow } from "./actual-setlists.ts";
import { missing } from "./missing.ts";
import { pageSources, type Source } from "./page-sources.ts";
import type { Key, Reader } from "./reader.ts";
import { frameOf } from "./setlist-frame.ts";
import { votingState, type ArtistRef, type ShowSummary, type VenueDetails, type VotingState } from "./show-summary.ts";

export type ComparedSong = ExpectedSong & { title: string; played: boolean; mine: boolean };

/** How the asking fan did. */
export interface MyComparison extends FansBallot {
  /** Null while there are no scores. */
  score: FanScore | null;
  called: ComparedCall[];
  /** Among all fans of the show, once it is settled; null before. */
  place: { place: number; fans: number } | null;
  /** Whether a moderator checks these votes, which are not scored meanwhile. */
  held: boolean;
}

/** What was expected of a show against what was played. */
export interface Comparison {
  show: Pick<ShowSummary, "id" | "slug" | "localDate" | "startsAt" | "status" | "tour">;
  artist: ArtistRef;
  venue: VenueDetails;
  voting: VotingState;
  state: ComparisonState;
  /** Why there are no scores; null where there are. */
  noScore: NoScore | null;
  /** The setlist that counts, as live frames have it; null while there is none. */
  setlist: SetlistFrame | null;
  /** Its sets with what was expected of each song. */
  sets: FrameSet<ComparedEntry>[];
  /** Every song of the ballot, and the first ones of the other lists. */
  songs: ComparedSong[];
  verdict: string;
  fans: number;
  totalVotes: number;
  /** Of the tally that the crowd's list is made from. */
  tallyVersion: number;
  /** Null for a visitor and for who has no vote here. */
  mine: MyComparison | null;
  /** Whether the asking fan is signed in. */
  signedIn: boolean;
  /** Other accounts of the night, which do not count. */
  otherAccounts: OtherAccount[];
  sources: Source[];
}

/** Lists are told so far beyond what was played, for the songs that may still come. */
const BEYOND = 40;

/** A show's comparison page as one visitor sees it. Throws `not_found` or `gone`. */
export async function comparison(reader: Reader, { show: key, userId, now }: { show: Key; userId: number | null; now: number }): Promise<Comparison> {
  const row = await showDetails(reader, key);
  const facts = row && (await outcomeFacts(reader, row.id));
  if (!row || !facts) throw await missing(reader, "show", key);
  const accounts = await setlistsOfShow(reader, row.id);
  const setlist = frameOf(accounts, facts, now);
  const songs = await titled(reader, expectedSongs(facts, saidBefore(facts), (setlist?.count ?? 0) + BEYOND));
  const mine = userId === null ? null : await myBallot(reader, { userId, showId: row.id, now });
  const compared = compare(setlist, songs, mine && !mine.held ? mine : null);
  const voting = votingState(row, now);
  return {
    ...headOf(row),
    voting,
    state: stateOf(row.status, setlist, voting.open),
    noScore: noScoreOf(row.status, setlist),
    setlist,
    sets: compared.sets,
    songs: compared.songs,
    verdict: setlist?.verdict ? verdictWords(setlist.verdict, setlist.lists) : "",
    fans: facts.fans,
    totalVotes: row.totalVotes,
    tallyVersion: row.tallyVersion,
    mine: mine && { ...mine, score: compared.fan?.score ?? null, called: compared.fan?.calls ?? [] },
    signedIn: userId !== null,
    otherAccounts: setlist?.others ?? [],
    sources: await sourcesOf(reader, row),
  };
}

function headOf({ id, slug, localDate, startsAt, status, tour, artist, venue, place }: ShowDetails) {
  return { show: { id, slug, localDate, startsAt: startsAt === null ? null : iso(startsAt), status, tour }, artist, venue: { ...venue, ...place } };
}

function sourcesOf(reader: Reader, { id, artist, venue }: ShowDetails): Promise<Source[]> {
  return pageSources(reader, { artists: [artist.id], venues: [venue.id], shows: [id], songsOf: artist.id, genre: artist.genre !== null });
}

async function titled(reader: Reader, songs: ExpectedSong[]) {
  const titles = await songTitles(reader, songs.map(({ songId }) => songId));
  return songs.map((song) => ({ ...song, title: titles.get(song.songId) ?? "" }));
}

type MyBallot = FansBallot & Pick<MyComparison, "place" | "held">;

/** Null for a fan without a vote at the show. */
async function myBallot(reader: Reader, { userId, showId, now }: { userId: number; showId: number; now: number }): Promise<MyBallot | null> {
  const fan = { userId, showId };
  const votes = await standingVotes(reader, fan);
  const calls = Object.fromEntries((await fansCalls(reader, fan)).map(({ role, songId }) => [role, songId]));
  const { held } = await usedAllowance(reader, { ...fan, day: utcDay(now) });
  const [ranked] = await ranksAtShows(reader, userId, [showId]);
  return votes.length === 0 ? null : { votes, calls, held, place: ranked ? { place: ranked.rank, fans: ranked.fans } : null };
}
