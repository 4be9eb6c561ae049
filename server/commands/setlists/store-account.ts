import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { audit } from "#db/queries/journal.ts";
import { putSetlist } from "#db/queries/setlists.ts";
import { showDetails, type ShowDetails } from "#db/queries/shows.ts";
import { ATTRIBUTION } from "../../domain/attribution.ts";
import type { PlayedSong, Provider, SetlistRecord } from "../../domain/provider-records.ts";
import { arrivalOf } from "../../domain/setlists/arrival.ts";
import type { MatchedLine } from "../../domain/setlists/match-lines.ts";
import { readSegue } from "../../domain/setlists/medleys.ts";
import { changeBetween, setlistText } from "../../domain/setlists/setlist-change.ts";
import { setlistStatus } from "../../domain/setlists/status.ts";
import type { SetLines, SongLine } from "../../domain/setlists/written-down.ts";
import { accountsAt, rowsOf } from "./account-lines.ts";
import { followSetlist } from "./follow-up.ts";
import { arrivalAt, lockFirst } from "./lock-first.ts";

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

/** Before its show's day a setlist waits without its songs, and is another version until it has them. */
function waiting(version: string): string {
  return `early ${version}`;
}

/** Whether a setlist is stored as it is, or as far as it can be before its day. */
export function isStored(record: ToldSetlist, version: string | undefined, now: number): boolean {
  if (version !== waiting(record.version)) return version === record.version;
  const { localDate, venue } = record;
  return arrivalOf({ localDate, timeZone: venue?.timeZone ?? "UTC", votingOpen: false }, now) === "early";
}

export interface AccountToStore {
  artistId: number;
  showId: number;
  provider: Provider;
  record: ToldSetlist;
  sets: SetLines<MatchedLine<ProviderLine>>[];
  /** The one that is stored, and at which show. */
  before: { id: number; showId: number } | null;
}

/**
 * Stores a provider's account at its show, locks voting first where that is still open, and tells of it. One that comes before the
 * show's day is kept without its songs: nobody is told what can't have been played, and its source is asked again on the day.
 */
export async function storeAccount(tx: Transaction, account: AccountToStore, now: number): Promise<void> {
  const { artistId, showId, provider, record, before } = account;
  const show = (await showDetails(tx, showId))!;
  const told = before === null ? [] : await textBefore(tx, before);
  const arrival = isEmpty(account.sets) ? "keep" : arrivalAt(show, now);
  const sets = arrival === "early" ? [] : account.sets;
  if (arrival === "lock") await lockFirst(tx, show, { userId: null, what: `A setlist of ${ATTRIBUTION[provider].name}` }, now);
  const status = statusOf(show, sets, now);
  const { id: providerId, url, note, editedAt } = record;
  const version = arrival === "early" ? waiting(record.version) : record.version;
  const rows = rowsOf(sets);
  await putSetlist(tx, { showId, provider, providerId, version, status, url, note, editedAt, storedAt: now }, rows.sets, rows.songs);
  if (arrival === "early" && told.length === 0) return;
  const change = told.length === 0 ? null : changeBetween(told, setlistText(sets, note));
  if (change) await audit(tx, { at: now, actorId: null, action: "setlist.change", subject: "show", subjectId: showId, details: { provider, providerId, version, ...change } });
  await appendEvents(tx, now, [{ kind: "setlist.changed", showId, payload: { status } }]);
  await followSetlist(tx, { showId, artistId, final: status === "final" }, now);
}

/** What has been told of an account so far; nothing where it had no songs. */
async function textBefore(tx: Transaction, { id, showId }: { id: number; showId: number }): Promise<string[]> {
  const account = (await accountsAt(tx, showId)).find((one) => one.id === id);
  return account && !isEmpty(account.sets) ? setlistText(account.sets, account.note) : [];
}

function isEmpty(sets: readonly SetLines[]): boolean {
  return sets.every(({ songs }) => songs.length === 0);
}

function statusOf({ localDate, startsAt, venue: { timeZone } }: ShowDetails, sets: readonly SetLines[], now: number) {
  const songs = sets.flatMap((set) => set.songs).filter(({ tape }) => !tape).length;
  return setlistStatus({ localDate, startsAt, timeZone, sameVersion: 1, songs, encore: sets.some(({ encore }) => encore !== null) }, now);
}
