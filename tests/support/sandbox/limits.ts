import { PROVIDERS, type Provider } from "#server/domain/provider-records.ts";
import type { Answer } from "./answer.ts";

interface Terms {
  /** Requests in any window of so many ms. */
  most: number;
  windowMs: number;
  /** Requests a UTC day; null for no end. */
  perDay: number | null;
}

/** Spotify's is not published: what it has been. */
const TERMS: Record<Provider, Terms> = {
  musicbrainz: { most: 1, windowMs: 1_000, perDay: null },
  setlistfm: { most: 2, windowMs: 1_000, perDay: 1_440 },
  ticketmaster: { most: 5, windowMs: 1_000, perDay: 5_000 },
  spotify: { most: 180, windowMs: 30_000, perDay: null },
};
const DAY_MS = 86_400_000;

export interface Limits {
  /** So many times as many requests as the provider allows; null for no limit. */
  pace?: number | null;
  /** The same of a day's requests. */
  day?: number | null;
}

/** Says what each request is answered with that is too much; counts those that are not. */
export class Limiter {
  readonly #clock: () => number;
  readonly #providers: Record<Provider, Meter>;

  constructor(clock: () => number) {
    this.#clock = clock;
    this.#providers = Object.fromEntries(PROVIDERS.map((provider) => [provider, new Meter(provider)])) as Record<Provider, Meter>;
  }

  set(provider: Provider, limits: Limits): void {
    Object.assign(this.#providers[provider].limits, limits);
  }

  /** Until it is told otherwise: the app's quota is used up. */
  exhaust(provider: Provider, exhausted: boolean): void {
    this.#providers[provider].exhausted = exhausted;
  }

  /** Null for a request that is within the limits. */
  take(provider: Provider): Answer | null {
    return this.#providers[provider].take(this.#clock());
  }

  usedToday(provider: Provider): number {
    return this.#providers[provider].usedToday(this.#clock());
  }
}

class Meter {
  readonly limits: Required<Limits> = { pace: 1, day: 1 };
  exhausted = false;
  readonly #provider: Provider;
  readonly #terms: Terms;
  /** Of the requests in the window. */
  #times: number[] = [];
  #day = { number: -1, used: 0 };
  #refused = 0;

  constructor(provider: Provider) {
    this.#provider = provider;
    this.#terms = TERMS[provider];
  }

  usedToday(now: number): number {
    return this.#day.number === Math.floor(now / DAY_MS) ? this.#day.used : 0;
  }

  take(now: number): Answer | null {
    const { perDay, most, windowMs } = this.#terms;
    const used = this.usedToday(now);
    if (this.exhausted) return quotaAnswer(this.#provider, now);
    if (perDay !== null && this.limits.day !== null && used >= perDay * this.limits.day) return quotaAnswer(this.#provider, now);
    // A clock that was set back leaves no window in the future.
    this.#times = this.#times.filter((at) => at > now - windowMs && at <= now);
    if (this.limits.pace !== null && this.#times.length >= Math.max(1, Math.floor(most * this.limits.pace))) {
      return paceAnswer(this.#provider, this.#times[0]! + windowMs - now, now, this.#refused++);
    }
    this.#times.push(now);
    this.#day = { number: Math.floor(now / DAY_MS), used: used + 1 };
    return null;
  }
}

/** MusicBrainz says when to come again in every second answer only, as it does at times. */
function paceAnswer(provider: Provider, waitMs: number, now: number, refused: number): Answer {
  const seconds = String(Math.max(1, Math.ceil(waitMs / 1_000)));
  const answers: Record<Provider, Answer> = {
    musicbrainz: {
      status: 503,
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.ceil((now + waitMs) / 1_000)), ...(refused % 2 === 0 && { "retry-after": seconds }) },
      json: { error: "Your requests are exceeding the allowable rate limit. Please see http://wiki.musicbrainz.org/XMLWebService for more information." },
    },
    setlistfm: { status: 429, json: { message: "Too Many Requests" } },
    ticketmaster: { status: 429, json: { fault: { faultstring: "Spike arrest violation. Allowed rate : 5ps", detail: { errorcode: "policies.ratelimit.SpikeArrestViolation" } } } },
    spotify: { status: 429, headers: { "retry-after": seconds }, json: { error: { status: 429, message: "API rate limit exceeded" } } },
  };
  return answers[provider];
}

function quotaAnswer(provider: Provider, now: number): Answer {
  const midnight = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
  const answers: Record<Provider, Answer> = {
    musicbrainz: paceAnswer("musicbrainz", 60_000, now, 0),
    setlistfm: { status: 429, json: { message: "Limit Exceeded" } },
    ticketmaster: {
      status: 429,
      headers: { "rate-limit": "5000", "rate-limit-available": "0", "rate-limit-over": "1", "rate-limit-reset": String(midnight) },
      json: { fault: { faultstring: "Rate limit quota violation. Quota limit exceeded. Identifier : sandbox", detail: { errorcode: "policies.ratelimit.QuotaViolation" } } },
    },
    spotify: { status: 429, json: { error: { status: 429, message: "QUOTA_EXCEEDED", reason: "QUOTA_EXCEEDED" } } },
  };
  return answers[provider];
}
