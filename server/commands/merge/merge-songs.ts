import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { countAllowances, countTallies } from "#db/queries/merge-allowances.ts";
import { joinCalls } from "#db/queries/merge-calls.ts";
import { keepGreaterChances } from "#db/queries/merge-chances.ts";
import { placesOfSongs, type BallotPlace } from "#db/queries/merge-ballots.ts";
import type { MergePair } from "#db/merge-sql.ts";
import { changeRows, dropRecords, type RowChange } from "#db/queries/merge-log.ts";
import { copyAliases, songsByIds, type SongFacts } from "#db/queries/merge-songs.ts";
import { joinVotes } from "#db/queries/merge-votes.ts";
import { moveBallotVersions } from "#db/queries/song-rows.ts";
import { linksOfArtist, writeLinks } from "#db/queries/song-links.ts";
import { setlistSongs, songs } from "#db/schema/index.ts";
import { VOTES_PER_SHOW } from "../../domain/voting.ts";
import { joinMatches } from "./join-matches.ts";
import { addLink } from "./join-links.ts";
import { tellPlayed } from "./tell-played.ts";
import { dropAll, moveAll } from "./under-way.ts";

/** Merges songs of one artist, any number at once: recordings, what was played, places on ballots with their votes. Whoever calls it has scores made anew. */
export async function mergeSongs(tx: Transaction, pairs: MergePair[], { by, now, artistId }: { by: number | null; now: number; artistId: number }): Promise<void> {
  if (pairs.length === 0) return;
  const facts = new Map((await songsByIds(tx, pairs.flatMap(({ from, into }) => [from, into]))).map((song) => [song.id, song]));
  await moveBallots(tx, pairs, now);
  await tellPlayed(tx, pairs.map(({ from }) => from), now);
  await linkTitles(tx, pairs, facts, artistId);
  await copyAliases(tx, pairs);
  await keepGreaterChances(tx, pairs);
  await moveAll(tx, "song", pairs);
  await changeRows(tx, songs, factsAfter(pairs, facts));
  await joinMatches(tx, "song", pairs, { by, now });
  await dropAll(tx, "song", pairs);
  await dropRecords(tx, songs, pairs);
}

/** A place on a ballot goes over; where the other song has one, its votes do. */
async function moveBallots(tx: Transaction, pairs: MergePair[], now: number): Promise<void> {
  const told = await moveBallotVersions(tx, pairs.map(({ from }) => from));
  const places = await placesOfSongs(tx, pairs);
  const goes = (place: BallotPlace) => place.from !== place.into;
  const joined = places.filter(goes);
  await joinVotes(tx, joined, VOTES_PER_SHOW);
  await joinCalls(tx, joined);
  await changeRows(tx, setlistSongs, places.filter((place) => !goes(place)).map(({ mergeId, from: id, songId }) => ({ mergeId, id, is: { song_id: songId } })));
  const counted = [...new Set(joined.map(({ intoShow }) => intoShow))];
  if (counted.length > 0) {
    await countAllowances(tx, counted);
    await countTallies(tx, counted);
  }
  await appendEvents(tx, now, told.map(({ id }) => ({ kind: "ballot.changed", showId: id, payload: {} })));
}

/** What comes in later under the other title is this song, too. */
async function linkTitles(tx: Transaction, pairs: MergePair[], facts: Map<number, SongFacts>, artistId: number): Promise<void> {
  const before = await linksOfArtist(tx, artistId);
  const after = new Map(before);
  for (const { from, into } of pairs) {
    const [key, intoKey] = [facts.get(from)!.titleKey, facts.get(into)!.titleKey];
    if (key === "" || intoKey === "") continue;
    // A moderator who joins what links keep apart turns them round.
    if (after.get(intoKey) === key) after.delete(intoKey);
    addLink(after, key, intoKey);
  }
  await writeLinks(tx, { mergeId: pairs[0]!.mergeId, artistId, before, after });
}

/** What a song is can follow from any of its recordings: its first release, and whether it is worth a vote. */
function factsAfter(pairs: MergePair[], facts: Map<number, SongFacts>): RowChange[] {
  const merged = new Map<number, { mergeId: number; song: SongFacts }>();
  for (const { mergeId, from, into } of pairs) {
    const stays = merged.get(into)?.song ?? facts.get(into)!;
    merged.set(into, { mergeId, song: joinFacts(stays, facts.get(from)!) });
  }
  return [...merged].flatMap(([id, { mergeId, song }]) => {
    const was = facts.get(id)!;
    const { releasedOn, ballotWorthy, ballotReason, likelihoodRank } = song;
    const same = was.releasedOn === releasedOn && was.ballotWorthy === ballotWorthy && was.likelihoodRank === likelihoodRank;
    const is = { released_on: releasedOn, ballot_worthy: Number(ballotWorthy), ballot_reason: ballotReason, likelihood_rank: likelihoodRank };
    return same ? [] : [{ mergeId, id, is }];
  });
}

/** Reasons that another recording takes away. */
const UNTIL_RECORDED = ["live_only", "video_only", "too_short", "absorbed"];

function joinFacts(stays: SongFacts, goes: SongFacts): SongFacts {
  const releasedOn = [stays.releasedOn, goes.releasedOn].filter((date) => date !== null).sort()[0] ?? null;
  const likelihoodRank = Math.min(stays.likelihoodRank, goes.likelihoodRank);
  const revived = !stays.ballotWorthy && goes.ballotWorthy && UNTIL_RECORDED.includes(stays.ballotReason);
  const { ballotWorthy, ballotReason } = revived ? goes : stays;
  return { ...stays, releasedOn, likelihoodRank, ballotWorthy, ballotReason };
}
