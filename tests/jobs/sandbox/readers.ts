import { PROVIDERS, type Page, type Provider } from "#server/domain/provider-records.ts";
import type { ProviderHttpOptions } from "#jobs/providers/http-options.ts";
import { createMusicBrainz } from "#jobs/providers/musicbrainz/client.ts";
import { explain as explainMusicBrainz } from "#jobs/providers/musicbrainz/explain.ts";
import { MUSICBRAINZ } from "#jobs/providers/musicbrainz/terms.ts";
import { createSetlistFm, setlistFmCredentials } from "#jobs/providers/setlistfm/client.ts";
import { SETLISTFM } from "#jobs/providers/setlistfm/terms.ts";
import { createSpotify } from "#jobs/providers/spotify/client.ts";
import { explain as explainSpotify } from "#jobs/providers/spotify/explain.ts";
import { SPOTIFY } from "#jobs/providers/spotify/terms.ts";
import { createTokens } from "#jobs/providers/spotify/token.ts";
import { createTicketmaster } from "#jobs/providers/ticketmaster/client.ts";
import { explain as explainTicketmaster } from "#jobs/providers/ticketmaster/explain.ts";
import { TICKETMASTER } from "#jobs/providers/ticketmaster/terms.ts";
import { httpTo } from "#tests/support/provider-http.ts";
import type { Sandbox } from "#tests/support/sandbox/sandbox.ts";

/** What the program passes for each provider, apart from its keys. */
const OWN: Record<Provider, Partial<ProviderHttpOptions>> = {
  musicbrainz: { minTimeMs: MUSICBRAINZ.minTimeMs, explain: explainMusicBrainz },
  setlistfm: { minTimeMs: SETLISTFM.minTimeMs },
  ticketmaster: { minTimeMs: TICKETMASTER.minTimeMs, explain: explainTicketmaster },
  spotify: { minTimeMs: SPOTIFY.minTimeMs, explain: explainSpotify },
};

/** The four real clients on the sandbox, at their own pace; `options` go to all of them. */
export function clientsOf(sandbox: Pick<Sandbox, "bases" | "keys">, options: Partial<ProviderHttpOptions> = {}) {
  const { bases, keys } = sandbox;
  const credentials = {
    setlistfm: setlistFmCredentials(() => keys.setlistfm),
    ticketmaster: () => ({ query: { [TICKETMASTER.keyParameter]: keys.ticketmaster } }),
  };
  const ways = Object.fromEntries(
    PROVIDERS.map((provider) => {
      const own = { provider, ...OWN[provider], ...(provider in credentials && { credentials: credentials[provider as keyof typeof credentials] }) };
      return [provider, httpTo({ url: bases[provider] }, { ...own, ...options })];
    }),
  ) as Record<Provider, ReturnType<typeof httpTo>>;
  const { clientId, clientSecret } = keys;
  const tokens = createTokens(ways.spotify.http, { clientId, clientSecret, accounts: bases.spotifyAccounts }, options.clock ?? ways.spotify.clock.now);
  return {
    ways,
    musicbrainz: createMusicBrainz(ways.musicbrainz.http),
    setlistfm: createSetlistFm(ways.setlistfm.http),
    ticketmaster: createTicketmaster(ways.ticketmaster.http),
    spotify: createSpotify(ways.spotify.http, tokens),
  };
}

/** All pages of a list, one after the other. */
export async function whole<T>(read: (cursor: string | null) => Promise<Page<T>>): Promise<Page<T>> {
  const all: Page<T> = { records: [], refused: [], next: null, total: null };
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read(cursor);
    all.records.push(...page.records);
    all.refused.push(...page.refused);
    all.total ??= page.total;
    cursor = page.next;
  } while (cursor !== null);
  return all;
}
