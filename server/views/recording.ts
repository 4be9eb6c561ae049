import { recordedAt, songTitles } from "#db/queries/recorded-setlists.ts";
import { showDetails } from "#db/queries/shows.ts";
import { iso } from "../domain/instant.ts";
import { arrivalOf } from "../domain/setlists/arrival.ts";
import { missing } from "./missing.ts";
import { setlistsOfShow, type ActualSetlist } from "./actual-setlists.ts";
import type { Key, Reader } from "./reader.ts";
import { votingState, type ArtistRef, type ShowSummary, type VenueRef, type VotingState } from "./show-summary.ts";

/** Why nothing can be written down of a show, or null where something can. */
export type NotRecordable = "too_early" | "cancelled" | "postponed" | null;

/** What was written down here so far, and by whom last; null where nothing was. */
export type Recorded = { setlist: ActualSetlist; by: string | null; editedAt: string | null } | null;

/** What a change of a show's setlist is made from. */
export interface RecordedState {
  localDate: string;
  recorded: Recorded;
}

/** What somebody who writes a setlist down has to know. */
export interface RecordingPage {
  show: Pick<ShowSummary, "id" | "slug" | "localDate" | "startsAt" | "status" | "tour">;
  artist: ArtistRef;
  venue: VenueRef;
  voting: VotingState;
  closedBecause: NotRecordable;
  recorded: Recorded;
  /** What providers have; the one with most songs first. */
  others: ActualSetlist[];
  /** The artist's songs to choose from without a network, likeliest first; the least likely left out where there are very many. */
  catalogue: { id: number; title: string }[];
}

const MOST_TITLES = 2_000;

/** A show as the one who writes its setlist down sees it. Throws `not_found` or `gone`. */
export async function recordingPage(reader: Reader, key: Key, now: number): Promise<RecordingPage> {
  const row = await showDetails(reader, key);
  if (!row) throw await missing(reader, "show", key);
  const { id, slug, localDate, status, tour, artist, venue } = row;
  const setlists = heaviestFirst(await setlistsOfShow(reader, id));
  const voting = votingState(row, now);
  return {
    show: { id, slug, localDate, startsAt: row.startsAt === null ? null : iso(row.startsAt), status, tour },
    artist,
    venue,
    voting,
    closedBecause: notRecordable({ status, localDate, timeZone: venue.timeZone }, now),
    recorded: await recordedAmong(reader, id, setlists),
    others: setlists.filter(({ provider }) => provider !== null),
    catalogue: await songTitles(reader, artist.id, MOST_TITLES),
  };
}

/** What was written down of a show so far. Throws `not_found` or `gone`. */
export async function recordedState(reader: Reader, key: Key): Promise<RecordedState> {
  const row = await showDetails(reader, key);
  if (!row) throw await missing(reader, "show", key);
  return { localDate: row.localDate, recorded: await recordedAmong(reader, row.id, heaviestFirst(await setlistsOfShow(reader, row.id))) };
}

async function recordedAmong(reader: Reader, showId: number, setlists: readonly ActualSetlist[]): Promise<Recorded> {
  const own = setlists.find(({ provider }) => provider === null);
  return own ? { setlist: own, ...(await whoRecorded(reader, showId, own.id)) } : null;
}

function heaviestFirst(setlists: readonly ActualSetlist[]): ActualSetlist[] {
  return setlists.toSorted((a, b) => songsIn(b) - songsIn(a) || a.id - b.id);
}

function notRecordable({ status, localDate, timeZone }: { status: ShowSummary["status"]; localDate: string; timeZone: string }, now: number): NotRecordable {
  if (status === "cancelled" || status === "postponed") return status;
  return arrivalOf({ localDate, timeZone, votingOpen: false }, now) === "early" ? "too_early" : null;
}

async function whoRecorded(reader: Reader, showId: number, setlistId: number): Promise<{ by: string | null; editedAt: string | null }> {
  const row = (await recordedAt(reader, showId)).find(({ id }) => id === setlistId);
  return { by: row?.by ?? null, editedAt: row?.editedAt ? iso(row.editedAt) : null };
}

function songsIn({ sets }: ActualSetlist): number {
  return sets.flatMap(({ songs }) => songs).filter(({ tape }) => !tape).length;
}
