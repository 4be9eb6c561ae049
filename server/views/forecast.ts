import { rankedBallot } from "#db/queries/ballots.ts";
import { forecastOf, namedChances, saidOfBallot, someVoters, type ForecastRow } from "#db/queries/forecasts.ts";
import { showDetails } from "#db/queries/shows.ts";
import { confidence } from "../domain/forecast/confidence.ts";
import { comesAsEncore, inWords, type Reason } from "../domain/forecast/reasons.ts";
import { iso } from "../domain/instant.ts";
import { missing } from "./missing.ts";
import type { Key, Reader } from "./reader.ts";
import type { ArtistRef, ShowSummary, VenueRef } from "./show-summary.ts";

export interface ForecastSongRow {
  song: { id: number; title: string };
  /** That it is played, 0 to 1. */
  chance: number;
  /** That it opens, closes or comes in an encore if it is played, each 0 to 1. */
  roles: { opener: number; closer: number; encore: number };
  /** How sure forecast and votes together are of it, 0 to 1; null for a song that is not on the ballot. */
  confidence: number | null;
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

export interface ForecastPage {
  show: Pick<ShowSummary, "id" | "slug" | "localDate" | "status">;
  artist: ArtistRef;
  venue: VenueRef;
  /** Null while there is none. */
  forecast: ShowForecast | null;
}

/** What was said of a show before anybody voted, and how sure it is with the votes. Throws `not_found` or `gone`. */
export async function forecastOfShow(reader: Reader, key: Key): Promise<ForecastPage> {
  const row = await showDetails(reader, key);
  if (!row) throw await missing(reader, "show", key);
  const { id, slug, localDate, status, artist, venue } = row;
  const said = await forecastOf(reader, id);
  const forecast = said?.kind === "forecast" ? await withSongs(reader, row, said) : null;
  return { show: { id, slug, localDate, status }, artist, venue, forecast };
}

async function withSongs(reader: Reader, { id, totalVotes }: { id: number; totalVotes: number }, said: ForecastRow): Promise<ShowForecast> {
  const { model, shows, length, madeAt } = said;
  const rows = await namedChances(reader, id);
  const votes = new Map((await rankedBallot(reader, id)).map((song) => [song.songId, song.votes]));
  const fans = await fansOf(reader, id, totalVotes);
  const songs = rows.map(({ song, played, opener, closer, encore, reasons }) => {
    return { song, chance: played, roles: { opener, closer, encore }, confidence: sureOf(played, votes.get(song.id), fans), reasons: inWords(reasons) };
  });
  const placed = rows.flatMap((row) => (row.place === null ? [] : [{ ...row, place: row.place }]));
  const setlist = placed.sort((a, b) => a.place - b.place).map(({ song, played, reasons }) => ({ song, chance: played, opens: opens(reasons), encore: comesAsEncore(reasons) }));
  return { model, shows, length, madeAt: iso(madeAt), setlist, songs };
}

/** To four decimals; null for a song that nobody can vote for, or of which nothing was said. */
export function sureOf(probability: number | null, votes: number | undefined, fans: number): number | null {
  return probability === null || votes === undefined ? null : Number(confidence({ probability }, votes, fans).toFixed(4));
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
