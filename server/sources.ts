import type { Logger } from "pino";
import type { PacedProviderHttp, ProviderHttpOptions, RequestFigures } from "#jobs/providers/http-options.ts";
import { createMusicBrainz } from "#jobs/providers/musicbrainz/client.ts";
import { explain as explainMusicBrainz } from "#jobs/providers/musicbrainz/explain.ts";
import { MUSICBRAINZ, userAgent } from "#jobs/providers/musicbrainz/terms.ts";
import { createProviderHttp } from "#jobs/providers/provider-http.ts";
import { createSetlistFm, setlistFmCredentials } from "#jobs/providers/setlistfm/client.ts";
import { SETLISTFM } from "#jobs/providers/setlistfm/terms.ts";
import { createSpotify } from "#jobs/providers/spotify/client.ts";
import { explain as explainSpotify } from "#jobs/providers/spotify/explain.ts";
import { SPOTIFY } from "#jobs/providers/spotify/terms.ts";
import { createTokens } from "#jobs/providers/spotify/token.ts";
import { createTicketmaster } from "#jobs/providers/ticketmaster/client.ts";
import { explain as explainTicketmaster } from "#jobs/providers/ticketmaster/explain.ts";
import { TICKETMASTER } from "#jobs/providers/ticketmaster/terms.ts";
import type { Sources } from "#jobs/tasks/sources.ts";
import type { Config } from "./config/config.ts";
import type { Write } from "./commands/registry.ts";
import { countedRequests, keptAnswers } from "./provider-ports.ts";
import { version } from "./version.ts";
import type { Reader } from "./views/reader.ts";

export interface SourceOptions {
  config: Pick<Config, "sync" | "providers">;
  reader: Reader;
  write: Write;
  log: Logger;
  /** Epoch ms. */
  now: () => number;
  onRequest: (figures: RequestFigures) => void;
  /** Other ways to wait and to try again, for all providers. */
  patience?: Pick<ProviderHttpOptions, "sleep" | "random" | "backoff" | "breaker" | "patienceMs" | "timeoutMs">;
}

/** The providers that this installation asks: one way to each, which all jobs of the process share. */
export function createSources(options: SourceOptions): Sources {
  const { config, now } = options;
  const { musicbrainz, setlistfm, ticketmaster, spotify } = config.sync ? config.providers : NONE;
  const contact = config.providers.musicbrainz?.contact;
  const ports = {
    userAgent: contact === undefined ? `TheSet/${version}` : userAgent(version, contact),
    log: options.log,
    clock: now,
    cache: keptAnswers(options.reader, options.write),
    quota: countedRequests(options.reader, options.write),
    onRequest: options.onRequest,
    ...options.patience,
  };
  const ways: PacedProviderHttp[] = [];
  const way = (how: Omit<Parameters<typeof createProviderHttp>[0], keyof typeof ports>) => {
    const http = createProviderHttp({ ...ports, ...how });
    ways.push(http);
    return http;
  };
  return {
    musicbrainz:
      musicbrainz &&
      createMusicBrainz(way({ provider: "musicbrainz", baseUrl: musicbrainz.baseUrl ?? MUSICBRAINZ.base, minTimeMs: musicbrainz.paceMs ?? MUSICBRAINZ.minTimeMs, explain: explainMusicBrainz })),
    setlistfm:
      setlistfm &&
      createSetlistFm(
        way({
          provider: "setlistfm",
          baseUrl: setlistfm.baseUrl ?? SETLISTFM.base,
          minTimeMs: setlistfm.paceMs ?? SETLISTFM.minTimeMs,
          dailyQuota: setlistfm.daily ?? SETLISTFM.requestsPerDay,
          credentials: setlistFmCredentials(() => setlistfm.key),
        }),
      ),
    ticketmaster:
      ticketmaster &&
      createTicketmaster(
        way({
          provider: "ticketmaster",
          baseUrl: ticketmaster.baseUrl ?? TICKETMASTER.base,
          minTimeMs: ticketmaster.paceMs ?? TICKETMASTER.minTimeMs,
          dailyQuota: ticketmaster.daily ?? TICKETMASTER.requestsPerDay,
          credentials: () => ({ query: { [TICKETMASTER.keyParameter]: ticketmaster.key } }),
          explain: explainTicketmaster,
        }),
        { affiliate: ticketmaster.affiliate },
      ),
    spotify: spotify && spotifyBy(way({ provider: "spotify", baseUrl: spotify.baseUrl ?? SPOTIFY.base, minTimeMs: spotify.paceMs ?? SPOTIFY.minTimeMs, explain: explainSpotify }), spotify, now),
    states: () => Promise.all(ways.map((http) => http.state())),
  };
}

const NONE: Config["providers"] = { musicbrainz: null, setlistfm: null, ticketmaster: null, spotify: null };

function spotifyBy(http: PacedProviderHttp, { clientId, clientSecret, accountsUrl }: NonNullable<Config["providers"]["spotify"]>, now: () => number) {
  return createSpotify(http, createTokens(http, { clientId, clientSecret, ...(accountsUrl !== null && { accounts: accountsUrl }) }, now));
}
