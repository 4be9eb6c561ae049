import { hostname } from "node:os";
import type * as z from "zod";
import { ConfigError } from "./config-error.ts";
import { PROVIDER_EXAMPLES, type providerVariables } from "./provider-variables.ts";

/** Null for the provider's own address. */
type BaseUrl = string | null;
/** Between the beginnings of two requests, ms; null for the provider's own. */
type PaceMs = number | null;
/** Requests a UTC day; null for the provider's own. */
type Daily = number | null;

/** What each provider is asked with; null for one that is not asked. */
export type ProvidersConfig = Readonly<{
  /** `contact` is an http(s) or mail address. */
  musicbrainz: Readonly<{ baseUrl: BaseUrl; contact: string; paceMs: PaceMs }> | null;
  setlistfm: Readonly<{ baseUrl: BaseUrl; key: string; paceMs: PaceMs; daily: Daily }> | null;
  /** `affiliate` goes to the addresses of ticket pages. */
  ticketmaster: Readonly<{ baseUrl: BaseUrl; key: string; affiliate: Affiliate | null; paceMs: PaceMs; daily: Daily }> | null;
  spotify: Readonly<{ baseUrl: BaseUrl; accountsUrl: BaseUrl; clientId: string; clientSecret: string; paceMs: PaceMs }> | null;
}>;

type Affiliate = Readonly<{ name: string; value: string }>;
type Values = z.infer<z.ZodObject<typeof providerVariables>>;

/** The least between two requests that musicbrainz.org allows, ms. */
const MUSICBRAINZ_LEAST_MS = 1_000;
const MUSICBRAINZ_HOST = /(^|\.)musicbrainz\.org$/;

/** `site` is the site's address, if it is told. Throws `ConfigError` for values that don't go together. */
export function providersOf(values: Values, site: string | null): ProvidersConfig {
  return Object.freeze({
    musicbrainz: values.MUSICBRAINZ ? Object.freeze(musicbrainzOf(values, site)) : null,
    setlistfm: values.SETLISTFM_API_KEY ? Object.freeze(setlistfmOf(values, values.SETLISTFM_API_KEY)) : null,
    ticketmaster: values.TICKETMASTER_API_KEY ? Object.freeze(ticketmasterOf(values, values.TICKETMASTER_API_KEY)) : null,
    spotify: spotifyOf(values),
  });
}

/**
 * What MusicBrainz is told where nobody has set a way to reach whoever runs this: the machine's name. A fresh
 * install works with it; on many machines nobody outside can make use of it.
 */
export function machineContact(name = hostname()): string {
  return `http://${name.replace(/[^\w.-]/g, "") || "localhost"}/`;
}

function musicbrainzOf(values: Values, site: string | null) {
  const baseUrl = values.MUSICBRAINZ_URL ?? null;
  const paceMs = values.MUSICBRAINZ_PACE_MS ?? null;
  const theirs = baseUrl === null || MUSICBRAINZ_HOST.test(new URL(baseUrl).hostname);
  if (theirs && paceMs !== null && paceMs < MUSICBRAINZ_LEAST_MS) {
    throw new ConfigError(
      `MUSICBRAINZ_PACE_MS is not valid: musicbrainz.org takes one request a second; only a mirror of your own, named in MUSICBRAINZ_URL, may be asked faster. Example: MUSICBRAINZ_PACE_MS=${PROVIDER_EXAMPLES.MUSICBRAINZ_PACE_MS}`,
    );
  }
  return { baseUrl, contact: values.MUSICBRAINZ_CONTACT ?? site ?? machineContact(), paceMs };
}

function setlistfmOf(values: Values, key: string) {
  return { baseUrl: values.SETLISTFM_URL ?? null, key, paceMs: values.SETLISTFM_PACE_MS ?? null, daily: values.SETLISTFM_DAILY ?? null };
}

function ticketmasterOf(values: Values, key: string) {
  return {
    baseUrl: values.TICKETMASTER_URL ?? null,
    key,
    affiliate: values.TICKETMASTER_AFFILIATE ?? null,
    paceMs: values.TICKETMASTER_PACE_MS ?? null,
    daily: values.TICKETMASTER_DAILY ?? null,
  };
}

function spotifyOf(values: Values): ProvidersConfig["spotify"] {
  const { SPOTIFY_CLIENT_ID: clientId, SPOTIFY_CLIENT_SECRET: clientSecret } = values;
  if (clientId === undefined && clientSecret === undefined) return null;
  if (clientId === undefined) throw lacking("SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET");
  if (clientSecret === undefined) throw lacking("SPOTIFY_CLIENT_SECRET", "SPOTIFY_CLIENT_ID");
  return Object.freeze({
    baseUrl: values.SPOTIFY_URL ?? null,
    accountsUrl: values.SPOTIFY_ACCOUNTS_URL ?? null,
    clientId,
    clientSecret,
    paceMs: values.SPOTIFY_PACE_MS ?? null,
  });
}

function lacking(name: keyof typeof PROVIDER_EXAMPLES, without: string): ConfigError {
  return new ConfigError(`${name} is not set, and ${without} needs it. Example: ${name}=${PROVIDER_EXAMPLES[name]}`);
}
