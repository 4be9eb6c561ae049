import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { audit } from "#db/queries/journal.ts";
import { insertRecorded, updateRecorded, type RecordedRow } from "#db/queries/recorded-setlists.ts";
import { fillSetlist } from "#db/queries/setlists.ts";
import { showDetails, type ShowDetails, type ShowKey } from "#db/queries/shows.ts";
import { songsByIds, songsNamed } from "#db/queries/song-rows.ts";
import type { Authorized } from "../../auth/actor.ts";
import { AppError, invalid, notFound } from "../../domain/errors.ts";
import type { SetlistStatus } from "../../domain/setlists/accounts.ts";
import { keysOfLines, matchLines, type MatchedLine } from "../../domain/setlists/match-lines.ts";
import { changeBetween, setlistText } from "../../domain/setlists/setlist-change.ts";
import { freshStatus } from "../../domain/setlists/status.ts";
import { MOST_SONGS, withSongs, type SetLines, type SongLine } from "../../domain/setlists/written-down.ts";
import { statusAt } from "../../domain/show-time.ts";
import { accountsAt, ownAccount, rowsOf, type StoredAccount } from "./account-lines.ts";
import { dropAccounts } from "./drop-accounts.ts";
import { expectVersion } from "./expect-version.ts";
import { followSetlist } from "./follow-up.ts";
import { arrivalAt, lockFirst } from "./lock-first.ts";
import { noteUnmatched } from "./note-unmatched.ts";

/** A title may be empty where the song is named by its id. */
export interface SetlistToRecord {
  /** Null for the operator's command line. */
  by: Authorized<"moderate"> | null;
  show: ShowKey;
  /** The version that the writer has seen, null for none; left out to replace whatever is there. */
  expected?: string | null | undefined;
  /** Names this save: it becomes part of the version, by which its writer knows it again. Left out, the instant does. */
  save?: string | undefined;
  sets: SetLines[];
  note: string | null;
  /** Whether that's all: nothing more is to come. Left out, what was final stays so. */
  finished?: boolean | undefined;
}

export interface RecordedSetlist {
  showId: number;
  version: string;
  status: SetlistStatus;
  /** Entries, tapes counted; a medley that was taken apart counts by its parts. */
  songs: number;
  /** Entries that are none of the artist's songs as yet, by their place from 1. */
  unmatched: { position: number; title: string }[];
  /** Whether voting was closed by this. */
  locked: boolean;
}

/**
 * Writes a show's own account of what was played, in place of the one before. What is the same is not written again. Throws
 * `not_found`, `too_early`, `not_played` (cancelled or put off), `no_songs`, and the conflict `changed_meanwhile`.
 */
export const recordSetlist = command<SetlistToRecord, RecordedSetlist>(async (tx, { input, now }) => {
  const show = await showToRecord(tx, input.show);
  const accounts = await accountsAt(tx, show.id);
  const before = ownAccount(accounts);
  const sets = await matchedSets(tx, show, input.sets);
  const songs = sets.flatMap((set) => set.songs);
  const finished = input.finished ?? (before?.status === "final" && songs.length > 0);
  if (finished && songs.length === 0) throw refused("no_songs", "Write down at least one song before you say that is all.");
  const arrival = arrivalAt(show, now);
  if (arrival === "early" && songs.length > 0) throw refused("too_early", `The show is on ${show.localDate}. Its setlist can be written down from that day on.`);
  const status = statusOf(show, { sets, finished }, now);
  const change = changeBetween(textOf(before), setlistText(sets, input.note));
  const locked = arrival === "lock" && songs.length > 0;
  const answer = { showId: show.id, status, songs: songs.length, unmatched: unmatchedOf(songs), locked };
  if (before !== null && change === null && before.status === status) return { ...answer, version: before.version };
  await expectVersion(tx, show.id, before, input.expected);
  if (locked) await lockFirst(tx, show, { userId: input.by?.userId ?? null, what: "A setlist that was written down here" }, now);
  const version = nextVersion(before, input.save ?? now.toString(36));
  const row = { version, status, note: input.note, recordedBy: input.by?.userId ?? null };
  await write(tx, { show, before, row, sets }, now);
  // Shows that became one may have brought several of our own; from now on there is one.
  const others = accounts.filter(({ id, provider }) => provider === null && id !== before?.id);
  await dropAccounts(tx, { by: row.recordedBy, showId: show.id, accounts: others }, now);
  const details = { version, ...(change ?? {}), ...(before?.status === status ? {} : { status }) };
  await audit(tx, { at: now, actorId: row.recordedBy, action: "setlist.record", subject: "show", subjectId: show.id, details });
  await tell(tx, show, { status, before: [...others, ...(before ? [before] : [])], sets }, now);
  return { ...answer, version };
});

/** The show, where something can be written down of it. */
export async function showToRecord(tx: Transaction, key: ShowKey): Promise<ShowDetails> {
  const show = await showDetails(tx, key);
  if (!show) throw notFound("show");
  if (show.status === "cancelled") throw refused("not_played", "This show is marked as cancelled, so there is nothing to write down. If it took place, its date has to be put right first.");
  if (show.status === "postponed") throw refused("not_played", "This show was put off and has no new date yet. Its setlist can be written down once it has one.");
  return show;
}

function refused(reason: string, message: string): AppError {
  return new AppError({ kind: "refused", reason, message });
}

/** The sets with what each entry is. Throws `invalid` for another artist's song and for more songs than a setlist may have. */
async function matchedSets(tx: Transaction, { artist }: ShowDetails, given: readonly SetLines[]): Promise<SetLines<MatchedLine<SongLine>>[]> {
  const ids = [...new Set(given.flatMap(({ songs }) => songs.flatMap(({ songId }) => songId ?? [])))];
  const own = (await songsByIds(tx, ids)).filter(({ artistId }) => artistId === artist.id);
  const known = new Map(own.map(({ id, title }) => [id, title]));
  const named = given.map((set, i) => ({ ...set, songs: set.songs.map((song, j) => titled(song, known, `sets.${i}.songs.${j}`)) }));
  const filled = withSongs(named);
  const sets = matchLines(filled, await songsNamed(tx, artist.id, keysOfLines(filled)));
  const count = sets.reduce((sum, { songs }) => sum + songs.length, 0);
  if (count > MOST_SONGS) throw invalid("sets", `A setlist has at most ${MOST_SONGS} songs; this one has ${count}.`);
  return sets;
}

function titled(song: SongLine, known: ReadonlyMap<number, string>, field: string): SongLine {
  const title = song.songId === null ? "" : known.get(song.songId);
  if (title === undefined) throw invalid(`${field}.songId`, `The artist has no song ${song.songId}. Leave the id out and give the title.`);
  const named = song.title.trim() || title;
  if (named === "") throw invalid(`${field}.title`, "Give each song a title, or the id of one of the artist's songs.");
  return { ...song, title: named };
}

function unmatchedOf(songs: readonly SongLine[]): RecordedSetlist["unmatched"] {
  return songs.flatMap(({ songId, title, tape }, i) => (songId === null && !tape ? [{ position: i + 1, title }] : []));
}

function textOf(account: StoredAccount | null): string[] {
  return account === null ? [] : setlistText(account.sets, account.note);
}

interface Written {
  sets: readonly SetLines[];
  finished: boolean;
}

/** Who writes before the start is at the show; that nothing has been written down yet does not settle it. */
function statusOf({ localDate, startsAt, venue: { timeZone } }: ShowDetails, { sets, finished }: Written, now: number): SetlistStatus {
  if (finished) return "final";
  const time = { localDate, startsAt, timeZone };
  if (sets.length === 0) return "provisional";
  if (statusAt(time, now) === "upcoming") return "live";
  return freshStatus(time, sets, now);
}

/** Such as "3.kx0d2": no version comes twice, also where a setlist was removed and written again. */
function nextVersion(before: StoredAccount | null, save: string): string {
  return `${Number.parseInt(before?.version ?? "0", 10) + 1}.${save}`;
}

interface Writing {
  show: ShowDetails;
  before: StoredAccount | null;
  row: RecordedRow;
  sets: SetLines<MatchedLine<SongLine>>[];
}

async function write(tx: Transaction, { show, before, row, sets }: Writing, now: number): Promise<void> {
  if (before !== null) await updateRecorded(tx, before.id, row, now);
  const id = before?.id ?? (await insertRecorded(tx, show.id, row, now));
  const rows = rowsOf(sets);
  await fillSetlist(tx, id, rows.sets, rows.songs);
}

interface Told {
  status: SetlistStatus;
  before: readonly StoredAccount[];
  sets: readonly SetLines[];
}

async function tell(tx: Transaction, { id: showId, artist }: ShowDetails, { status, before, sets }: Told, now: number): Promise<void> {
  await appendEvents(tx, now, [{ kind: "setlist.changed", showId, payload: { status } }]);
  await noteUnmatched(tx, artist.id, { before: before.flatMap((account) => account.sets), after: sets });
  const study = status !== "live" || before.some((account) => account.status !== "live");
  await followSetlist(tx, { showId, artistId: artist.id, final: status === "final", study }, now);
}
