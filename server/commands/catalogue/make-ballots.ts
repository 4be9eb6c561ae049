import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { latestSetlists, linkPlayed, songsPlayed, unknownTitles } from "#db/queries/setlists.ts";
import { comingBallots, fillBallot } from "#db/queries/show-rows.ts";
import { insertSongs, rankSongs as writeRanks, songsNamed, songsToRank } from "#db/queries/song-rows.ts";
import { ballotWorthy } from "../../domain/catalogue/ballot.ts";
import { lookUpKeys } from "../../domain/catalogue/aliases.ts";
import { fold } from "../../domain/fold.ts";
import { BALLOT_SONGS, rankSongs } from "../../domain/likelihood.ts";
import { saveStep, type JobStep } from "../job-queue.ts";

/** Past shows that say what is played now. */
const SETLISTS = 100;
/** Plays after which a title that is none of the artist's recordings is one of its songs, such as a cover. */
const PLAYS = 2;

export interface MadeBallots {
  /** Played titles that were found to be songs. */
  linked: number;
  songs: number;
  ballots: number;
}

/**
 * Ties what was played to the artist's songs, ranks the songs by it, and puts the likeliest on the ballots of
 * shows to come, behind those that are there. Running it again changes nothing.
 */
export const makeBallots = command<{ artistId: number; step?: JobStep }, MadeBallots>(async (tx, { input, now }) => {
  const { artistId, step } = input;
  const { linked, songs } = await tiePlayed(tx, artistId);
  await rank(tx, artistId);
  const ballots = await fillBallots(tx, artistId, now);
  if (step) await saveStep(tx, step, now);
  return { linked, songs, ballots };
});

async function tiePlayed(tx: Transaction, artistId: number): Promise<{ linked: number; songs: number }> {
  const unknown = (await unknownTitles(tx, artistId)).map((title) => ({ ...title, keys: lookUpKeys(title.title) }));
  const named = await songsNamed(tx, artistId, [...new Set(unknown.flatMap(({ keys, titleKey }) => [titleKey, ...keys]))]);
  const found = unknown.flatMap(({ titleKey, keys }) => {
    const key = [titleKey, ...keys].find((one) => named.has(one));
    return key === undefined ? [] : [{ titleKey, songId: named.get(key)! }];
  });
  const known = new Set(found.map(({ titleKey }) => titleKey));
  const played = unknown.filter(({ titleKey, live }) => !known.has(titleKey) && live >= PLAYS);
  const made = await insertSongs(tx, played.map(({ titleKey, title }) => ({ artistId, titleKey, title, searchTitle: fold(title), releasedOn: null, ...worth(title) })));
  const linked = await linkPlayed(tx, artistId, [...found, ...made.map(({ titleKey, id }) => ({ titleKey, songId: id }))]);
  return { linked, songs: made.length };
}

/** Of a song that is only known from the stage. */
function worth(title: string) {
  const { ballot, why } = ballotWorthy(title, [{ kind: "original", live: false, video: false, durationMs: null, note: null }]);
  return { ballotWorthy: ballot, ballotReason: why };
}

async function rank(tx: Transaction, artistId: number): Promise<void> {
  const songs = await songsToRank(tx, artistId);
  const latest = await latestSetlists(tx, artistId, SETLISTS);
  const bySetlist = Map.groupBy(await songsPlayed(tx, latest.map(({ id }) => id)), ({ setlistId }) => setlistId);
  const played = latest.map(({ id }) => (bySetlist.get(id) ?? []).flatMap(({ songId }) => songId ?? []));
  const heard = new Set(played.flat());
  const ranked = songs.map((song) => ({ ...song, ballotWorthy: song.ballotWorthy || (song.ballotReason === "live_only" && heard.has(song.id)) }));
  const had = new Map(songs.map(({ id, rank: before }) => [id, before]));
  await writeRanks(tx, rankSongs(ranked, played).filter(({ id, rank: after }) => had.get(id) !== after));
}

async function fillBallots(tx: Transaction, artistId: number, now: number): Promise<number> {
  let filled = 0;
  for (const { showId } of await comingBallots(tx, artistId)) {
    if ((await fillBallot(tx, showId, artistId, BALLOT_SONGS)) === 0) continue;
    filled += 1;
    await appendEvents(tx, now, [{ kind: "ballot.changed", showId, payload: {} }]);
  }
  return filled;
}
