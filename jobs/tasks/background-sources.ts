import type { Provider } from "#server/domain/provider-records.ts";
import { ProviderError } from "../providers/http.ts";
import { untilUtcMidnight } from "../providers/retry-after.ts";
import { PutOff } from "./job.ts";
import type { Sources } from "./sources.ts";

/** Of a provider's daily quota, what nobody has asked for may use so much; the rest is for what fans ask for. */
const BACKGROUND_SHARE = 0.8;

export interface BackgroundUse {
  /** Whether what may wait should. */
  isBusy: () => boolean;
  /** Epoch ms. */
  now: () => number;
}

/**
 * The same providers for work that nobody waits for. Before each request, or the first of many, it is put off while
 * the site is busy; and until midnight in UTC ("quota_exceeded") where four fifths of the day's quota are used.
 */
export function backgroundSources(sources: Sources, { isBusy, now }: BackgroundUse): Sources {
  const check = async (provider: Provider) => {
    if (isBusy()) throw new PutOff("The site is busy: what nobody waits for is done later.", null);
    const state = (await sources.states()).find((one) => one.provider === provider);
    const { usedToday = null, dailyQuota = null } = state ?? {};
    if (usedToday === null || dailyQuota === null || usedToday < dailyQuota * BACKGROUND_SHARE) return;
    const message = `${usedToday} of ${dailyQuota} requests of the day are used: the rest is kept for what fans ask for.`;
    throw new ProviderError(provider, "quota_exceeded", message, { retryAfterMs: untilUtcMidnight(now()) });
  };
  const checked = <C extends object>(client: C | null, provider: Provider) => client && withCheck(client, () => check(provider));
  return {
    musicbrainz: checked(sources.musicbrainz, "musicbrainz"),
    setlistfm: checked(sources.setlistfm, "setlistfm"),
    ticketmaster: checked(sources.ticketmaster, "ticketmaster"),
    spotify: checked(sources.spotify, "spotify"),
    states: () => sources.states(),
  };
}

type Method = (...args: unknown[]) => Promise<unknown> | AsyncIterable<unknown>;

/** A client each of whose methods waits for a check first. */
function withCheck<C extends object>(client: C, check: () => Promise<void>): C {
  const methods = Object.entries(client) as [string, Method][];
  const guarded = methods.map(([name, method]) => [name, name.endsWith("Pages") ? pagesAfter(check, method) : answerAfter(check, method)]);
  return Object.fromEntries(guarded) as C;
}

function answerAfter(check: () => Promise<void>, method: Method): Method {
  return async (...args) => {
    await check();
    return method(...args);
  };
}

function pagesAfter(check: () => Promise<void>, method: Method): Method {
  return async function* (...args) {
    await check();
    yield* method(...args) as AsyncIterable<unknown>;
  };
}
