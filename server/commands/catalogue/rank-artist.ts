import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { freshestChances } from "#db/queries/forecasts.ts";
import { latestAccounts, songsPlayed } from "#db/queries/setlists.ts";
import { rankSongs as writeRanks, songsToRank } from "#db/queries/song-rows.ts";
import { isVotable, rankSongs, SHOWS_LOOKED_AT } from "../../domain/likelihood.ts";
import { accountThatCounts } from "../../domain/setlists/accounts.ts";

/** Ranks an artist's songs by the last forecast and by plays; the ids of those that are worth a vote, likeliest first, and how many songs got another rank. */
export async function rankArtist(tx: Transaction, artistId: number): Promise<{ ranked: number[]; moved: number }> {
  const accounts = Map.groupBy(await latestAccounts(tx, artistId, SHOWS_LOOKED_AT), ({ showId }) => showId);
  const latest = [...accounts.values()].map((ofShow) => accountThatCounts(ofShow)!);
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

/** Ranks an artist's songs after new forecasts. */
export const rankSongsOf = command<{ artistId: number }, void>(async (tx, { input }) => void (await rankArtist(tx, input.artistId)));
