import type { ForecastSong } from "./forecast.ts";

/** So many fans' ballots weigh as much as the forecast. Chosen, not measured: there are no votes to measure it by yet. */
export const FORECAST_WORTH = 20;

/**
 * How sure the show's page is of a song, 0 to 1: the mean of a Beta distribution that begins with the forecast's
 * probability p (α = 20 p, β = 20 (1 - p)) and counts each fan who voted at the show as for the song or not:
 * (20 p + votes) / (20 + fans). Without votes it is the forecast, with many it is the share of fans.
 */
export function confidence({ probability }: Pick<ForecastSong, "probability">, votes: number, fans: number): number {
  const heard = Math.max(0, fans, votes);
  return (FORECAST_WORTH * probability + Math.max(0, votes)) / (FORECAST_WORTH + heard);
}
