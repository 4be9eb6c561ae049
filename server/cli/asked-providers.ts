import type { Config } from "../config/config.ts";
import { AppError } from "../domain/errors.ts";
import { PROVIDERS, type Provider } from "../domain/provider-records.ts";
import { ATTRIBUTION } from "../domain/attribution.ts";

/** The providers that this installation asks. */
export function askedProviders({ sync, providers }: Pick<Config, "sync" | "providers">): Provider[] {
  return sync ? PROVIDERS.filter((provider) => providers[provider] !== null) : [];
}

/** Throws where none of these is asked here, and says how that is mended. */
export function requireProvider(config: Pick<Config, "sync" | "providers">, wanted: readonly Provider[] = PROVIDERS): void {
  const missing = missingProvider(config, wanted);
  if (missing !== null) throw new AppError({ kind: "refused", reason: "no_provider", message: `${missing} \`theset doctor\` shows all providers.` });
}

/** Why none of these is asked here, and how that is mended; null where one is. */
export function missingProvider(config: Pick<Config, "sync" | "providers">, wanted: readonly Provider[]): string | null {
  const asked = askedProviders(config);
  return wanted.some((provider) => asked.includes(provider)) ? null : whyNot(config, [...new Set(wanted)]);
}

const TO_SET: Record<Provider, string> = {
  musicbrainz: "take MUSICBRAINZ=0 away",
  setlistfm: "set SETLISTFM_API_KEY",
  ticketmaster: "set TICKETMASTER_API_KEY",
  spotify: "set SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET",
};

function whyNot({ sync }: Pick<Config, "sync">, wanted: readonly Provider[]): string {
  if (!sync) return "Providers are not asked here, as SYNC=0 says. Take it away.";
  if (wanted.length === PROVIDERS.length) return "No provider is asked here. Take MUSICBRAINZ=0 away, or enter the key of another one.";
  const names = wanted.map((provider) => ATTRIBUTION[provider].name).join(" or ");
  return `${names} is not asked here: ${wanted.map((provider) => TO_SET[provider]).join(", or ")}.`;
}
