import type { Transaction } from "#db/client.ts";
import * as demo from "#db/queries/demo.ts";
import { planDemoNight, type DemoNight } from "../domain/demo-nights.ts";
import { addShow } from "../domain/forecast/add-show.ts";
import { forecast, newForecaster } from "../domain/forecast/forecast.ts";
import type { PastShow } from "../domain/forecast/setting.ts";
import { shippedTrees } from "../domain/forecast/shipped.ts";
import { WEIGHTS_VERSION } from "../domain/forecast/trees.ts";
import { chancesFromForecast } from "../domain/scoring/chances.ts";
import { askForScores, askForStudy } from "./scores/ask-for.ts";

/** A show of the demo that is over. */
export interface PastDemoShow {
  showId: number;
  artistId: number;
  localDate: string;
  venue: string;
  city: string;
  tour: string | null;
  closesAt: number;
  /** Whether fans could vote: its forecast is kept as it was before the close. */
  voted: boolean;
  /** The artist's songs, likeliest first. */
  songIds: readonly number[];
}

const NOTE = "Made up for the demo.";
const DAY_MS = 86_400_000;

/** Says what was played at the demo's past shows and what had been foretold of them, and has them scored. */
export async function seedNights(tx: Transaction, shows: readonly PastDemoShow[], now: number, random: () => number): Promise<void> {
  const inOrder = shows.toSorted((a, b) => a.closesAt - b.closesAt || a.showId - b.showId);
  const nights = inOrder.map((show) => ({ show, night: planDemoNight(show.songIds, random) }));
  await demo.insertNights(tx, nights.map(({ show: { showId, closesAt }, night }) => ({ showId, ...night, note: NOTE, storedAt: closesAt + DAY_MS })));
  for (const [artistId, played] of Map.groupBy(nights, ({ show }) => show.artistId)) {
    await keepForecasts(tx, played);
    await askForStudy(tx, artistId, now);
  }
  for (const { show } of nights) if (show.voted) await askForScores(tx, show.showId, now);
}

/** What would have been said of each of an artist's shows from those before it. */
async function keepForecasts(tx: Transaction, nights: { show: PastDemoShow; night: DemoNight }[]): Promise<void> {
  const forecaster = newForecaster();
  for (const { show, night } of nights) {
    const setting = { date: show.localDate, venue: show.venue, city: show.city, tour: show.tour, festival: false };
    if (show.voted && forecaster.history.shows > 0) {
      const { songs, length, setlist, shows } = forecast(forecaster, setting, shippedTrees(), show.songIds);
      const place = new Map(setlist.map(({ songId }, i) => [songId, i + 1]));
      const reasons = new Map(songs.map((song) => [song.songId, song.reasons]));
      const chances = chancesFromForecast(songs, forecaster.history).map(({ songId, played, roles }) => ({
        showId: show.showId, songId, played: Math.round(played * 1e4) / 1e4, ...roles, place: place.get(songId) ?? null, reasons: reasons.get(songId)!,
      }));
      await demo.insertForecast(tx, { showId: show.showId, kind: "forecast", model: WEIGHTS_VERSION, shows, length, madeAt: show.closesAt - DAY_MS }, chances);
    }
    addShow(forecaster.history, playedAt(setting, night));
  }
}

function playedAt(setting: Omit<PastShow, "songs">, { main, encore }: DemoNight): PastShow {
  return { ...setting, songs: [...main.map((songId) => ({ songId, encore: false })), ...encore.map((songId) => ({ songId, encore: true }))] };
}
