import { command } from "#db/command.ts";
import { insertSuggestion, setlistSongOf } from "#db/queries/ballots.ts";
import { songById } from "#db/queries/catalogue.ts";
import { appendEvents } from "#db/queries/events.ts";
import { showDetails, type ShowKey } from "#db/queries/shows.ts";
import { usedAllowance } from "#db/queries/votes.ts";
import type { Authorized } from "../auth/actor.ts";
import { AppError, notFound } from "../domain/errors.ts";
import {
  allowanceLeft,
  decideAddition,
  refusalMessage,
  utcDay,
  type AdditionRefusal,
  type Allowance,
} from "../domain/voting.ts";

export interface Suggestion {
  setlistSongId: number;
  tallyVersion: number;
  allowance: Allowance;
}

/** Adds a song of the artist's catalogue to a show's ballot. */
export const suggestSong = command<{ fan: Authorized<"vote">; show: ShowKey; songId: number }, Suggestion>(
  async (tx, { input: { fan, show: key, songId }, now }) => {
    const show = await showDetails(tx, key);
    if (!show) throw notFound("show");
    const song = await songById(tx, songId);
    if (!song) throw notFound("song");
    const used = await usedAllowance(tx, { userId: fan.userId, showId: show.id, day: utcDay(now) });
    const facts = {
      sameArtist: song.artistId === show.artistId,
      onBallot: (await setlistSongOf(tx, show.id, songId)) !== null,
      additions: used.additions,
    };
    const ballot = { status: show.status, closesAt: show.closesAt, locked: show.lockedAt !== null };
    const reason = decideAddition(ballot, facts, now);
    if (reason) throw refusedAddition(reason);
    const added = await insertSuggestion(tx, { showId: show.id, songId, userId: fan.userId });
    await appendEvents(tx, now, [
      { kind: "ballot.changed", showId: show.id, payload: { version: added.tallyVersion, setlistSongId: added.setlistSongId } },
    ]);
    return { ...added, allowance: allowanceLeft({ ...used, additions: used.additions + 1 }, now) };
  },
);

function refusedAddition(reason: AdditionRefusal): AppError {
  if (reason === "not_found") {
    return new AppError({ kind: "refused", reason, message: "This song is not by the show's artist." });
  }
  return new AppError({ kind: "refused", reason, message: refusalMessage(reason) });
}
