import type { Provider } from "#server/domain/provider-records.ts";
import type { ProviderErrorKind } from "./http.ts";

const NAMES: Record<Provider, string> = {
  musicbrainz: "MusicBrainz",
  setlistfm: "setlist.fm",
  ticketmaster: "Ticketmaster",
  spotify: "Spotify",
};

/** What happened and what to do about it, for logs and the people who run the site. */
export function failureMessage(provider: Provider, kind: ProviderErrorKind, detail: string, retryAfterMs: number | null): string {
  const name = NAMES[provider];
  const later = retryAfterMs === null ? "later" : `in ${spell(retryAfterMs)}`;
  const messages: Record<ProviderErrorKind, string> = {
    unavailable: `${name} does not answer (${detail}). It is asked again ${later}.`,
    rate_limited: `${name} wants fewer requests (${detail}). It is asked again ${later}.`,
    quota_exceeded: `${name}'s quota is used up (${detail}). It is asked again ${later}.`,
    not_allowed: `${name} refuses us (${detail}). Check its key in the settings.`,
    not_found: `${name} has nothing there (${detail}).`,
    bad_request: `${name} does not understand the request (${detail}).`,
    garbled: `${name} answers what can't be read (${detail}).`,
  };
  return messages[kind];
}

function spell(ms: number): string {
  if (ms < 120_000) return `${Math.ceil(ms / 1000)} s`;
  return ms < 7_200_000 ? `${Math.ceil(ms / 60_000)} min` : `${Math.ceil(ms / 3_600_000)} h`;
}
