import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { audit } from "#db/queries/journal.ts";
import { linkPlayed } from "#db/queries/setlists.ts";
import { insertSongs, songsByIds } from "#db/queries/song-rows.ts";
import { decideUnmatched, dropUnmatched, linkTitle, showsWithTitle, unlinkPlayed, unlinkTitle, unmatchedTitle, type UnmatchedRow } from "#db/queries/unmatched-titles.ts";
import type { Authorized } from "../../auth/actor.ts";
import { readTitle } from "../../domain/catalogue/titles.ts";
import { AppError, invalid, notFound } from "../../domain/errors.ts";
import { fold } from "../../domain/fold.ts";
import { refreshUnmatched } from "./note-unmatched.ts";
import { tellShows } from "./tell-shows.ts";

/** What a title is: one of the artist's songs, one that the artist's catalogue lacks, or none. */
export type TitleVerdict = { is: "song"; songId: number } | { is: "new_song" } | { is: "not_a_song" };

interface Title {
  by: Authorized<"moderate">;
  artistId: number;
  titleKey: string;
}

export interface TitleDecided {
  /** Null where it is no song. */
  songId: number | null;
  /** Shows at which it was played. */
  shows: number;
}

/** Says what an unmatched title is. Throws `not_found`, `invalid` for another artist's song, and the conflict `already_decided`. */
export const decideTitle = command<Title & { verdict: TitleVerdict }, TitleDecided>(async (tx, { input, now }) => {
  const { by, artistId, titleKey, verdict } = input;
  const row = await unmatchedTitle(tx, artistId, titleKey);
  if (!row) throw notDecidable();
  if (row.status !== "open") throw new AppError({ kind: "conflict", reason: "already_decided", message: "Somebody has decided this title already. Take that back first." });
  const shows = await showsWithTitle(tx, artistId, [titleKey]);
  const songId = await carryOut(tx, row, verdict, { by: by.userId, now });
  await audit(tx, { at: now, actorId: by.userId, action: `title.${verdict.is}`, subject: "artist", subjectId: artistId, details: { titleKey, title: row.title, songId } });
  await tellShows(tx, artistId, shows, now);
  return { songId, shows: shows.length };
});

function notDecidable(): AppError {
  return new AppError({ kind: "not_found", reason: "not_found", message: "This title waits no more: it is a song meanwhile, or nobody plays it any more." });
}

async function carryOut(tx: Transaction, row: UnmatchedRow, verdict: TitleVerdict, { by, now }: { by: number; now: number }): Promise<number | null> {
  const { artistId, titleKey } = row;
  if (verdict.is === "not_a_song") {
    await decideUnmatched(tx, row, { status: "not_a_song", decidedBy: by, decidedAt: now });
    return null;
  }
  const songId = verdict.is === "song" ? await linkToSong(tx, row, verdict.songId) : await newSong(tx, row);
  await linkPlayed(tx, artistId, [{ titleKey, songId }]);
  await dropUnmatched(tx, artistId, [titleKey]);
  return songId;
}

async function linkToSong(tx: Transaction, { artistId, titleKey }: UnmatchedRow, songId: number): Promise<number> {
  const [song] = await songsByIds(tx, [songId]);
  if (song?.artistId !== artistId) throw invalid("songId", "This is no song of the artist. Choose one of its songs.");
  await linkTitle(tx, { artistId, titleKey, intoKey: song.titleKey });
  return songId;
}

async function newSong(tx: Transaction, { artistId, titleKey, title: written }: UnmatchedRow): Promise<number> {
  const { title } = readTitle(written);
  const [song] = await insertSongs(tx, [{ artistId, titleKey, title, searchTitle: fold(title), releasedOn: null, ballotWorthy: true, ballotReason: "song" }]);
  return song!.id;
}

/** Has a title wait again that was said to be no song, or to be another song's. Throws `not_found`, and `own_song` where it is a song of its own. */
export const reopenTitle = command<Title, void>(async (tx, { input: { by, artistId, titleKey }, now }) => {
  const row = await unmatchedTitle(tx, artistId, titleKey);
  const shows = await showsWithTitle(tx, artistId, [titleKey]);
  if (row?.status === "not_a_song") await decideUnmatched(tx, row, { status: "open", decidedBy: null, decidedAt: null });
  else await unlink(tx, artistId, titleKey);
  await refreshUnmatched(tx, artistId);
  await audit(tx, { at: now, actorId: by.userId, action: "title.reopen", subject: "artist", subjectId: artistId, details: { titleKey } });
  await tellShows(tx, artistId, shows, now);
});

async function unlink(tx: Transaction, artistId: number, titleKey: string): Promise<void> {
  if (!(await unlinkTitle(tx, artistId, titleKey))) throw notFound("decision");
  await unlinkPlayed(tx, artistId, titleKey);
}

