import { ProviderError, type ProviderHttp } from "../http.ts";
import { SPOTIFY } from "./terms.ts";
import { wireToken } from "./wire.ts";

/** A token is not used in its last minute: it might end on the way. */
const MARGIN_MS = 60_000;

export interface SpotifyKeys {
  clientId: string;
  clientSecret: string;
  /** Where tokens are given out, if not at Spotify's own host. */
  accounts?: string;
}

export interface SpotifyTokens {
  /**
   * Runs with a valid token; one that Spotify does not take (401) is thrown away and the run is made once
   * more with a new one. Rejects with `ProviderError`.
   */
  run<T>(task: (token: string) => Promise<T>): Promise<T>;
}

/** The app's tokens by client credentials: one at a time, asked for once for all who wait. `now` is epoch ms. */
export function createTokens(http: ProviderHttp, keys: SpotifyKeys, now: () => number): SpotifyTokens {
  let held: { token: string; until: number } | null = null;
  let asked: Promise<string> | null = null;

  async function ask(): Promise<string> {
    const { token, expiresInMs } = await askForToken(http, keys);
    held = { token, until: now() + expiresInMs - MARGIN_MS };
    return token;
  }

  function current(): Promise<string> {
    if (held && now() < held.until) return Promise.resolve(held.token);
    asked ??= ask().finally(() => (asked = null));
    return asked;
  }

  return {
    async run(task) {
      const token = await current();
      try {
        return await task(token);
      } catch (error) {
        if (!(error instanceof ProviderError) || error.status !== 401) throw error;
        if (held?.token === token) held = null;
        return task(await current());
      }
    },
  };
}

/** No caller's signal stops it: others wait for the same token. */
async function askForToken(http: ProviderHttp, keys: SpotifyKeys): Promise<{ token: string; expiresInMs: number }> {
  const credentials = Buffer.from(`${keys.clientId}:${keys.clientSecret}`).toString("base64");
  const { body } = await http.request({
    base: keys.accounts ?? SPOTIFY.accounts,
    path: "/api/token",
    headers: { authorization: `Basic ${credentials}` },
    form: { grant_type: "client_credentials" },
    freshMs: 0,
  });
  const read = wireToken.safeParse(body);
  if (!read.success) throw new ProviderError("spotify", "garbled", "Spotify answered with something else than a token.");
  return { token: read.data.access_token, expiresInMs: read.data.expires_in * 1000 };
}
