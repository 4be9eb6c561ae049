import { accountsAt, comesIn, openShows, showsWithSetlists, type AccountRow, type SettingRow } from "#db/queries/past-shows.ts";
import { isFestival } from "../domain/forecast/festival.ts";
import type { PastShow, ShowSetting } from "../domain/forecast/setting.ts";
import { accountThatCounts } from "../domain/setlists/accounts.ts";
import { arrivalOf } from "../domain/setlists/arrival.ts";
import { addDays, localDateAt } from "../domain/show-time.ts";
import type { Reader } from "./reader.ts";

/** Shows read at a time: some milliseconds of the thread. */
const AT_ONCE = 60;

export interface ReadPast {
  artistId: number;
  /** Epoch ms. */
  now: number;
  /** Lets what waits run; called between reads. Rejects where the work is to stop. */
  pause: () => Promise<void>;
}

/**
 * What an artist has played, in order: one account a show, the one that counts, without tapes and without titles
 * that are no song of ours. Shows without a song, whose setlist still grows or whose day has not come are left out.
 */
export async function readPastShows(reader: Reader, { artistId, now, pause }: ReadPast): Promise<PastShow[]> {
  const ids = (await showsWithSetlists(reader, artistId)).map(({ id }) => id);
  const past: PastShow[] = [];
  // Only what is dated today or later, anywhere, has to be looked at closely.
  const recent = addDays(localDateAt(now, "UTC"), -1);
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    await pause();
    const part = ids.slice(i, i + AT_ONCE);
    const byShow = Map.groupBy(await accountsAt(reader, part), ({ showId }) => showId);
    for (const id of part) {
      const counts = accountThatCounts(byShow.get(id) ?? []);
      if (counts !== null && counts.status !== "live" && (counts.localDate < recent || hasCome(counts, now))) past.push(toPastShow(counts));
    }
  }
  return past.filter(({ songs }) => songs.length > 0);
}

function hasCome({ localDate, timeZone }: AccountRow, now: number): boolean {
  return arrivalOf({ localDate, timeZone, votingOpen: false }, now) !== "early";
}

function toPastShow(account: AccountRow): PastShow {
  const played = JSON.parse(account.played) as [songId: number, encore: number][];
  return { ...settingOf(account), songs: played.map(([songId, encore]) => ({ songId, encore: encore === 1 })) };
}

function settingOf({ localDate: date, venue, city, tour, acts }: SettingRow): ShowSetting {
  return { date, venue, city, tour, festival: isFestival({ venue, tour, acts }) };
}

/** A show of which a forecast can be made. */
export interface OpenShow {
  id: number;
  setting: ShowSetting;
}

/** An artist's shows whose voting is open at an instant (epoch ms), the next one first. */
export async function readOpenShows(reader: Reader, artistId: number, now: number): Promise<OpenShow[]> {
  return (await openShows(reader, artistId, now)).map((row) => ({ id: row.showId, setting: settingOf(row) }));
}

/** Whether an import is bringing in what an artist has played at this time. */
export function readComesIn(reader: Reader, artistId: number): Promise<boolean> {
  return comesIn(reader, artistId);
}
