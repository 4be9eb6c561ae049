import * as z from "zod";
import { flag, wholeNumber } from "./values.ts";

/** Where a provider answers, or a mirror of it, or a test server; without a slash at the end. */
const base = z
  .url({ protocol: /^https?$/, error: "Give the address that the API's paths follow.", abort: true })
  .refine(isPlain, "Give the address alone: no user, password, query or fragment.")
  .transform((url) => url.replace(/\/+$/, ""))
  .optional();

/** Goes in a header or an address as it is. */
const key = z
  .string()
  .regex(/^[\x21-\x7e]{1,500}$/, "Copy it whole and nothing beside it: visible ASCII characters without spaces.")
  .optional();

/** Between the beginnings of two requests, ms. */
const paceMs = wholeNumber(0, 60_000).optional();
const daily = wholeNumber(1, 100_000_000).optional();

/** In parentheses of a header; as `userAgent` of the MusicBrainz client takes it. */
const CONTACT = /^(?=[\x21-\x7e]{1,200}$)(https?:\/\/[^()<>]+|[^()<>@]+@[^()<>@]+)$/;

/** What the providers are asked with; nothing set is "the provider's own". */
export const providerVariables = {
  SYNC: flag.default(true),
  MUSICBRAINZ: flag.default(true),
  MUSICBRAINZ_CONTACT: z.string().regex(CONTACT, "Give an address of a page (http or https), or a mail address.").optional(),
  MUSICBRAINZ_URL: base,
  MUSICBRAINZ_PACE_MS: paceMs,
  SETLISTFM_API_KEY: key,
  SETLISTFM_URL: base,
  SETLISTFM_PACE_MS: paceMs,
  SETLISTFM_DAILY: daily,
  TICKETMASTER_API_KEY: key,
  TICKETMASTER_AFFILIATE: z
    .string()
    .transform((text, context) => {
      const parameter = affiliate(text);
      if (parameter === null) context.addIssue("Give one parameter, as name=value.");
      return parameter;
    })
    .optional(),
  TICKETMASTER_URL: base,
  TICKETMASTER_PACE_MS: paceMs,
  TICKETMASTER_DAILY: daily,
  SPOTIFY_CLIENT_ID: key,
  SPOTIFY_CLIENT_SECRET: key,
  SPOTIFY_URL: base,
  SPOTIFY_ACCOUNTS_URL: base,
  SPOTIFY_PACE_MS: paceMs,
};

export type ProviderVariableName = keyof typeof providerVariables;

/** What a right value looks like. */
export const PROVIDER_EXAMPLES: Record<ProviderVariableName, string> = {
  SYNC: "0",
  MUSICBRAINZ: "0",
  MUSICBRAINZ_CONTACT: "you@example.org",
  MUSICBRAINZ_URL: "http://mirror.example.org:5000/ws/2",
  MUSICBRAINZ_PACE_MS: "1100",
  SETLISTFM_API_KEY: "the-key-from-setlist.fm",
  SETLISTFM_URL: "https://api.setlist.fm/rest/1.0",
  SETLISTFM_PACE_MS: "550",
  SETLISTFM_DAILY: "1440",
  TICKETMASTER_API_KEY: "the-consumer-key-of-your-app",
  TICKETMASTER_AFFILIATE: "camefrom=CFC_EXAMPLE",
  TICKETMASTER_URL: "https://app.ticketmaster.com",
  TICKETMASTER_PACE_MS: "220",
  TICKETMASTER_DAILY: "5000",
  SPOTIFY_CLIENT_ID: "the-client-id-of-your-app",
  SPOTIFY_CLIENT_SECRET: "the-client-secret-of-your-app",
  SPOTIFY_URL: "https://api.spotify.com/v1",
  SPOTIFY_ACCOUNTS_URL: "https://accounts.spotify.com",
  SPOTIFY_PACE_MS: "200",
};

export const PROVIDER_SECRETS = [
  "SETLISTFM_API_KEY",
  "TICKETMASTER_API_KEY",
  "SPOTIFY_CLIENT_ID",
  "SPOTIFY_CLIENT_SECRET",
] as const satisfies ProviderVariableName[];

function isPlain(address: string): boolean {
  const { username, password, search, hash } = new URL(address);
  return [username, password, search, hash].every((part) => part === "");
}

/** Written as in an address, percent-encoded or not. */
function affiliate(text: string): Readonly<{ name: string; value: string }> | null {
  const [[name, value] = ["", ""], ...more] = [...new URLSearchParams(text)];
  return name !== "" && value !== "" && more.length === 0 ? Object.freeze({ name, value }) : null;
}
