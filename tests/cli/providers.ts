import { startSandbox, type Sandbox } from "#tests/support/sandbox/sandbox.ts";
import { createWorld, type ArtistSpec } from "#tests/support/sandbox/world.ts";

/** The four providers on this machine, as fast as they can. */
export function startProviders(artists: ArtistSpec[]): Promise<Sandbox> {
  return startSandbox({ world: createWorld({ seed: "cli", now: Date.now(), artists }), limits: { pace: null, day: null } });
}

/** What a program is started with to ask all of them. */
export function asking({ bases, keys }: Sandbox): Record<string, string> {
  return {
    ...onlyMusicBrainz({ bases }),
    SETLISTFM_API_KEY: keys.setlistfm,
    SETLISTFM_URL: bases.setlistfm,
    SETLISTFM_PACE_MS: "0",
    TICKETMASTER_API_KEY: keys.ticketmaster,
    TICKETMASTER_URL: bases.ticketmaster,
    TICKETMASTER_PACE_MS: "0",
    SPOTIFY_CLIENT_ID: keys.clientId,
    SPOTIFY_CLIENT_SECRET: keys.clientSecret,
    SPOTIFY_URL: bases.spotify,
    SPOTIFY_ACCOUNTS_URL: bases.spotifyAccounts,
    SPOTIFY_PACE_MS: "0",
  };
}

/** As without any key. */
export function onlyMusicBrainz({ bases }: Pick<Sandbox, "bases">): Record<string, string> {
  return { DEMO: "0", SYNC: "1", MUSICBRAINZ_CONTACT: "tests@example.org", MUSICBRAINZ_URL: bases.musicbrainz, MUSICBRAINZ_PACE_MS: "0" };
}
