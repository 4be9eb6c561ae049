import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { audit } from "#db/queries/journal.ts";
import { putSetlist, type StoredSetlist } from "#db/queries/setlists.ts";
import { showDetails } from "#db/queries/shows.ts";
import { ATTRIBUTION } from "../../domain/attribution.ts";
import type { PlayedSong, Provider, SetlistRecord } from "../../domain/provider-records.ts";
import { mayHaveBegun } from "../../domain/setlists/arrival.ts";
import type { MatchedLine } from "../../domain/setlists/match-lines.ts";
import { readSegue } from "../../domain/setlists/medleys.ts";
import { changeBetween, setlistText } from "../../domain/setlists/setlist-change.ts";
import { songsIn } from "../../domain/setlists/songs-in.ts";
import { freshStatus } from "../../domain/setlists/status.ts";
import type { SetLines, SongLine } from "../../domain/setlists/written-down.ts";
import { accountsAt, rowsOf, type StoredAccount } from "./account-lines.ts";
import type { ChangedSetlist } from "./follow-up.ts";
import { lockFirst, toldAt } from "./lock-first.ts";
import { unlockAgain } from "./unlock-again.ts";

/** What a provider knows of a setlist beside where it was. */
type ToldSetlist = Omit<SetlistRecord, "venue"> & { venue: { timeZone: string | null } | null };

type ProviderLine = SongLine & { coverOfId: string | null };

/** A provider's sets in our words. */
export function setsOf({ sets }: Pick<SetlistRecord, "sets">): SetLines<ProviderLine>[] {
  return sets.map(({ name, encore, songs }) => ({ name, encore, songs: songs.map(lineOf) }));
}

function lineOf({ title, coverOf, guest, tape, note }: PlayedSong): ProviderLine {
  const cover = { coverOf: coverOf?.name ?? null, coverOfId: coverOf?.id ?? null };
  return { title, songId: null, ...cover, guest: guest?.name ?? null, tape, ...readSegue(note), medley: null };
}

/** Before its show a setlist waits without its songs, and is another version until it has them. */
function waiting(version: string): string {
  return `early ${version}`;
}

/** Whether a setlist is stored as it is, or as far as it can be before its show. */
export function isStored({ version }: ToldSetlist, stored: StoredSetlist | null, now: number): boolean {
  if (stored?.version !== waiting(version)) return stored?.version === version;
  return !mayHaveBegun(stored, now);
}

export interface AccountToStore {
  artistId: number;
  showId: number;
  provider: Provider;
  record: ToldSetlist;
  sets: SetLines<MatchedLine<ProviderLine>>[];
  /** The one that is stored, and where and when it was so far. */
  before: StoredSetlist | null;
}

/**
 * Stores a provider's account at its show, locks voting first where that is still open, and tells of it. One that comes before the
 * show can have begun is kept without its songs: nobody is told what can't have been played, and its source is asked again. What
 * has been final stays final at its show as long as songs are in it. Gives what is to be followed; null for nothing.
 */
export async function storeAccount(tx: Transaction, account: AccountToStore, now: number): Promise<ChangedSetlist | null> {
  const { artistId, showId, provider, record } = account;
  const show = (await showDetails(tx, showId))!;
  const was = await accountBefore(tx, account.before);
  const told = was === null || isEmpty(was.sets) ? [] : setlistText(was.sets, was.note);
  const arrival = isEmpty(account.sets) ? "keep" : toldAt(show, now);
  const sets = arrival === "early" ? [] : account.sets;
  if (arrival === "lock") await lockFirst(tx, show, { userId: null, what: `A setlist of ${ATTRIBUTION[provider].name}` }, now);
  const stood = account.before?.showId === showId && account.before.localDate === show.localDate ? was!.status : null;
  const status = stood === "final" && songsIn(sets) > 0 ? "final" : freshStatus({ ...show, timeZone: show.venue.timeZone }, sets, now);
  const { id: providerId, url, note, editedAt } = record;
  const version = arrival === "early" ? waiting(record.version) : record.version;
  const rows = rowsOf(sets);
  await putSetlist(tx, { showId, provider, providerId, version, status, url, note, editedAt, storedAt: now }, rows.sets, rows.songs);
  if (arrival === "early") await unlockAgain(tx, showId, now);
  if (arrival === "early" && told.length === 0) return null;
  const change = told.length === 0 ? null : changeBetween(told, setlistText(sets, note));
  if (change) await audit(tx, { at: now, actorId: null, action: "setlist.change", subject: "show", subjectId: showId, details: { provider, providerId, version, ...change } });
  await appendEvents(tx, now, [{ kind: "setlist.changed", showId, payload: { status } }]);
  return { showId, artistId, final: status === "final", study: !(stood === "live" && status === "live") };
}

async function accountBefore(tx: Transaction, before: StoredSetlist | null): Promise<StoredAccount | null> {
  return before === null ? null : ((await accountsAt(tx, before.showId)).find(({ id }) => id === before.id) ?? null);
}

function isEmpty(sets: readonly SetLines[]): boolean {
  return sets.every(({ songs }) => songs.length === 0);
}
