import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { freshestChances } from "#db/queries/forecasts.ts";
import { latestSetlists, linkPlayed, songsPlayed, unknownTitles } from "#db/queries/setlists.ts";
import { addToBallot, openBallots, songsOnBallots } from "#db/queries/show-rows.ts";
import { insertSongs, rankSongs as writeRanks, songsNamed, songsToRank, type NewSong } from "#db/queries/song-rows.ts";
import { showsWithTitle } from "#db/queries/unmatched-titles.ts";
import { ballotWorthy } from "../../domain/catalogue/ballot.ts";
import { lookUpKeys } from "../../domain/catalogue/aliases.ts";
import { readTitle } from "../../domain/catalogue/titles.ts";
import { fold } from "../../domain/fold.ts";
import { ballotAdditions, isVotable, PLAYS_ENOUGH, rankSongs, SHOWS_LOOKED_AT } from "../../domain/likelihood.ts";
import { saveStep, type JobStep } from "../job-queue.ts";
import { askForStudy } from "../scores/ask-for.ts";
import { refreshUnmatched } from "../setlists/note-unmatched.ts";
import { tellShows } from "../setlists/tell-shows.ts";

export interface MadeBallots {
  /** Played titles that were found to be songs. */
  linked: number;
  songs: number;
  ballots: number;
}

/**
 * Ties what was played to the artist's songs, ranks the songs by what was said of them last and by what was played,
 * and puts the likeliest on the ballots of shows to come that are open, behind those that are there. Where something
 * has changed the artist is studied again. Running it again changes nothing.
 */
export const makeBallots = command<{ artistId: number; step?: JobStep }, MadeBallots>(async (tx, { input, now }) => {
  const { artistId, step } = input;
  const { linked, songs } = await tiePlayed(tx, artistId, now);
  const { ranked, moved } = await rank(tx, artistId);
  const ballots = await fillBallots(tx, { artistId, ranked }, now);
  if (linked + songs + moved + ballots > 0) await askForStudy(tx, artistId, now);
  if (step) await saveStep(tx, step, now);
  return { linked, songs, ballots };
});

async function tiePlayed(tx: Transaction, artistId: number, now: number): Promise<{ linked: number; songs: number }> {
  const unknown = (await unknownTitles(tx, artistId)).map((title) => ({ ...title, keys: lookUpKeys(title.title) }));
  const named = await songsNamed(tx, artistId, [...new Set(unknown.flatMap(({ keys, titleKey }) => [titleKey, ...keys]))]);
  const found = unknown.flatMap(({ titleKey, keys }) => {
    const key = [titleKey, ...keys].find((one) => named.has(one));
    return key === undefined ? [] : [{ titleKey, songId: named.get(key)! }];
  });
  const known = new Set(found.map(({ titleKey }) => titleKey));
  const played = unknown.filter(({ titleKey, live }) => !known.has(titleKey) && live >= PLAYS_ENOUGH);
  const made = await insertSongs(tx, played.map((one) => songOf(artistId, one)));
  const ties = [...found, ...made.map(({ titleKey, id }) => ({ titleKey, songId: id }))];
  const reread = ties.length === 0 ? [] : await showsWithTitle(tx, artistId, ties.map(({ titleKey }) => titleKey));
  const linked = await linkPlayed(tx, artistId, ties);
  await tellShows(tx, artistId, reread, now);
  await refreshUnmatched(tx, artistId);
  return { linked, songs: made.length };
}

/** A song that is only known from the stage. */
function songOf(artistId: number, { title: written, titleKey }: { title: string; titleKey: string }): NewSong {
  const { title } = readTitle(written);
  const { ballot, why } = ballotWorthy(title, [{ kind: "original", live: false, video: false, durationMs: null, note: null }]);
  return { artistId, titleKey, title, searchTitle: fold(title), releasedOn: null, ballotWorthy: ballot, ballotReason: why };
}

/** Ranks the songs; the ids of those that are worth a vote, likeliest first, and how many songs got another rank. */
async function rank(tx: Transaction, artistId: number): Promise<{ ranked: number[]; moved: number }> {
  const latest = await latestSetlists(tx, artistId, SHOWS_LOOKED_AT);
  const bySetlist = Map.groupBy(await songsPlayed(tx, latest.map(({ id }) => id)), ({ setlistId }) => setlistId);
  const played = latest.map(({ id }) => [...new Set((bySetlist.get(id) ?? []).flatMap(({ songId }) => songId ?? []))]);
  const nights = Map.groupBy(played.flat(), (id) => id);
  const songs = (await songsToRank(tx, artistId)).map((song) => ({ ...song, ballotWorthy: isVotable(song, nights.get(song.id)?.length ?? 0) }));
  const chances = new Map((await freshestChances(tx, artistId)).map((one) => [one.songId, one.played]));
  const known = new Map(songs.map((song) => [song.id, song]));
  const ranks = rankSongs(songs, played, chances);
  const moved = await writeRanks(tx, ranks.filter(({ id, rank: after }) => known.get(id)!.rank !== after));
  return { ranked: ranks.flatMap(({ id }) => (known.get(id)!.ballotWorthy ? [id] : [])), moved };
}

async function fillBallots(tx: Transaction, { artistId, ranked }: { artistId: number; ranked: number[] }, now: number): Promise<number> {
  const open = await openBallots(tx, artistId, now);
  const rows = Map.groupBy(await songsOnBallots(tx, open.map(({ showId }) => showId)), ({ showId }) => showId);
  const added = open
    .map(({ showId }) => ({ showId, songs: ballotAdditions(ranked, new Set((rows.get(showId) ?? []).map(({ songId }) => songId))) }))
    .filter(({ songs }) => songs.length > 0);
  for (const { showId, songs } of added) await addToBallot(tx, showId, songs);
  await appendEvents(tx, now, added.map(({ showId }) => ({ kind: "ballot.changed", showId, payload: {} })));
  return added.length;
}
