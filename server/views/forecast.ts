import { forecastOf, namedChances, saidOfBallot, someVoters } from "#db/queries/forecasts.ts";
import { showId } from "#db/queries/shows.ts";
import { comesAsEncore, inWords, type Reason } from "../domain/forecast/reasons.ts";
import { iso } from "../domain/instant.ts";
import { missing } from "./missing.ts";
import type { Key, Reader } from "./reader.ts";

export interface ForecastSongRow {
  song: { id: number; title: string };
  /** That it is played, 0 to 1. */
  chance: number;
  /** That it opens, closes or comes in an encore if it is played, each 0 to 1. */
  roles: { opener: number; closer: number; encore: number };
  /** Facts of its past, as one line. */
  reasons: string;
}

/** A song of the expected setlist. */
export interface ExpectedSongRow {
  song: { id: number; title: string };
  chance: number;
  /** Whether it usually opens, and whether it usually comes in an encore. */
  opens: boolean;
  encore: boolean;
}

/** What is expected of a show from its artist's past shows alone, before anybody voted. */
export interface ShowForecast {
  /** Version of the trained weights. */
  model: number;
  /** Past shows that it rests on. */
  shows: number;
  /** Songs that the show is expected to have. */
  length: number;
  /** ISO instant. */
  madeAt: string;
  /** The likeliest songs in their usual order. */
  setlist: ExpectedSongRow[];
  /** Likeliest first: the songs of the ballot and others that have a chance, 200 at most. */
  songs: ForecastSongRow[];
}

/** The forecast of a show; null while there is none. Throws `not_found` or `gone`. */
export async function forecastOfShow(reader: Reader, key: Key): Promise<{ showId: number; forecast: ShowForecast | null }> {
  const id = await showId(reader, key);
  if (id === null) throw await missing(reader, "show", key);
  return { showId: id, forecast: await forecastById(reader, id) };
}

async function forecastById(reader: Reader, id: number): Promise<ShowForecast | null> {
  const said = await forecastOf(reader, id);
  if (said?.kind !== "forecast") return null;
  const { model, shows, length, madeAt } = said;
  const rows = await namedChances(reader, id);
  const songs = rows.map(({ song, played, opener, closer, encore, reasons }) => ({ song, chance: played, roles: { opener, closer, encore }, reasons: inWords(reasons) }));
  const placed = rows.flatMap((row) => (row.place === null ? [] : [{ ...row, place: row.place }]));
  const setlist = placed.sort((a, b) => a.place - b.place).map(({ song, played, reasons }) => ({ song, chance: played, opens: opens(reasons), encore: comesAsEncore(reasons) }));
  return { model, shows, length, madeAt: iso(madeAt), setlist, songs };
}

function opens(reasons: readonly Reason[]): boolean {
  return reasons.some(({ kind }) => kind === "usually opens");
}

/** Up to so many fans are counted one by one. */
const COUNTED_FANS = 2_000;

/** About how many fans have voted at a show: exact up to 2,000, beyond from the mean votes of those. */
export async function fansOf(reader: Reader, id: number, totalVotes: number): Promise<number> {
  const { fans, votes } = await someVoters(reader, id, COUNTED_FANS);
  return fans < COUNTED_FANS ? fans : Math.round((totalVotes * fans) / votes);
}

/** What a ballot's page says of one of its songs beside the tally. */
export interface SaidOfSong {
  /** That it is played, 0 to 1; null where nothing was said. */
  forecast: number | null;
  /** Facts of its past as one line; "" where nothing was said. */
  reasons: string;
  /** How fast its votes come against its own base, 1 for as usual. */
  trend: number;
}

/** What is said of the songs of a ballot, by setlist song id. */
export async function saidOf(reader: Reader, id: number): Promise<ReadonlyMap<number, SaidOfSong>> {
  const rows = await saidOfBallot(reader, id);
  return new Map(
    rows.map(({ setlistSongId, trend, kind, played, reasons }) => {
      const said = kind === "forecast" && played !== null;
      return [setlistSongId, { trend, forecast: said ? played : null, reasons: said ? inWords(reasons ?? []) : "" }];
    }),
  );
}
