import { addressOf, sendOnce } from "./attempt.ts";
import { backoffMs } from "./backoff.ts";
import { Breaker } from "./breaker.ts";
import { failureMessage } from "./failure-message.ts";
import { type PacedProviderHttp, type ProviderHttpOptions, type ProviderState, type RequestFigures, sleepFor } from "./http-options.ts";
import { type ProviderAnswer, ProviderError, type ProviderErrorKind, type ProviderRequest } from "./http.ts";
import { type Failure, garbled, type Outcome } from "./judge.ts";
import { createPace } from "./pace.ts";
import { Quota } from "./quota.ts";
import { cacheKey, isFresh, isSameStored, type StoredAnswer, toStore, validators, wantsTouch } from "./response-cache.ts";
import { Mask } from "./secrets.ts";
import { Turns } from "./turns.ts";

const ATTEMPTS = 4;
const PATIENCE_MS = 30_000;
const BACKOFF = { firstMs: 500, mostMs: 20_000 };
const BREAKER = { failures: 5, openMs: 30_000, maxOpenMs: 10 * 60_000 };
const MOST_REDIRECTS = 3;

type Good = Exclude<Outcome, Failure | { type: "moved" }>;

/** The way to one provider; there must be one of it in a process, for it alone keeps the pace. */
export function createProviderHttp(options: ProviderHttpOptions): PacedProviderHttp {
  return new PacedHttp(options);
}

class PacedHttp implements PacedProviderHttp {
  readonly #options: ProviderHttpOptions;
  readonly #clock: () => number;
  readonly #sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly #patienceMs: number;
  readonly #mask = new Mask();
  readonly #turns: Turns;
  readonly #breaker: Breaker<Outcome>;
  readonly #quota: Quota;

  constructor(options: ProviderHttpOptions) {
    const { provider, clock = Date.now, sleep = sleepFor, patienceMs = PATIENCE_MS, log } = options;
    this.#options = options;
    this.#clock = clock;
    this.#sleep = sleep;
    this.#patienceMs = patienceMs;
    this.#turns = new Turns({ pace: createPace(options.minTimeMs), clock, sleep });
    this.#quota = new Quota({ provider, daily: options.dailyQuota ?? null, counter: options.quota ?? null, clock });
    this.#breaker = new Breaker<Outcome>(options.breaker ?? BREAKER, {
      clock,
      failed: (outcome) => outcome.type === "failed" && outcome.down,
      onChange: (breaker, openMs) => {
        if (breaker === "closed") log.info({ provider, breaker }, "A provider answers again");
        else log.warn({ provider, breaker, openMs }, "A provider does not answer and is left alone for a while");
      },
    });
  }

  async request(request: ProviderRequest): Promise<ProviderAnswer> {
    request.signal?.throwIfAborted();
    const { provider, cache, onRequest } = this.#options;
    this.#mask.learnFrom({ ...request.headers, ...request.form });
    this.#mask.learnFrom(request.query);
    const url = addressOf(request, this.#options.baseUrl);
    if (cache === undefined || request.form !== undefined) return answerOf(await this.#ask(url, request, null), null);
    const key = cacheKey(url, request.headers);
    const stored = await cache.read(key);
    if (stored !== null && isFresh(stored, request, this.#clock())) {
      onRequest?.({ provider, result: "cached", status: stored.status, durationMs: 0, attempt: 1 });
      return { status: stored.status, body: JSON.parse(stored.body!) as unknown, unchanged: true };
    }
    const good = await this.#ask(url, request, stored);
    return answerOf(good, stored, await this.#keep(key, request, good, stored));
  }

  async state(): Promise<ProviderState> {
    return {
      provider: this.#options.provider,
      breaker: this.#breaker.state,
      closedMs: Math.max(this.#quota.closedMs, this.#breaker.leftMs, this.#turns.pausedMs),
      waiting: this.#turns.waiting,
      usedToday: await this.#quota.used(),
      dailyQuota: this.#options.dailyQuota ?? null,
    };
  }

  /** Stores what came, and resolves to whether it is what was stored. */
  async #keep(key: string, request: ProviderRequest, good: Good, stored: StoredAnswer | null): Promise<boolean> {
    const cache = this.#options.cache!;
    const now = this.#clock();
    const fresh = good.type === "answered" ? await toStore({ ...good.reply }, request, now) : stored!;
    if (stored === null || !isSameStored(fresh, stored)) await cache.write(key, fresh);
    else if (wantsTouch(stored, request, now)) await cache.touch(key, now);
    return fresh.digest === stored?.digest;
  }

  /** Asks until there is an answer, or asking again won't help. */
  async #ask(url: URL, request: ProviderRequest, stored: StoredAnswer | null): Promise<Good> {
    let target = url;
    let redirects = 0;
    for (let attempt = 1; ; ) {
      const outcome = await this.#attempt(target, request, stored, attempt);
      if (outcome.type === "moved") {
        if (++redirects > MOST_REDIRECTS) throw this.#error(garbled(outcome.reply.status, "it redirects without end"));
        target = outcome.to;
      } else if (outcome.type === "failed") {
        await this.#beforeAnother(outcome, attempt++, request.signal);
      } else {
        return outcome;
      }
    }
  }

  /** One request in its turn, with what it costs and what is learned from it. */
  async #attempt(url: URL, request: ProviderRequest, stored: StoredAnswer | null, attempt: number): Promise<Outcome> {
    this.#check();
    const credentials = request.base === undefined ? ((await this.#options.credentials?.()) ?? {}) : {};
    this.#mask.learnFrom(credentials.headers, true);
    this.#mask.learnFrom(credentials.query, true);
    const sending = { url, request, credentials, validators: request.form ? {} : validators(stored) };
    const run = async () => {
      const startedAt = performance.now();
      const outcome = await sendOnce(sending, this.#options);
      this.#tell(outcome, { url, attempt, durationMs: performance.now() - startedAt });
      return outcome;
    };
    const turn = {
      check: () => this.#check(),
      prepare: () => this.#count(),
      run: () => this.#breaker.run(run),
    };
    return this.#turns.take(turn, request.signal);
  }

  /** Throws where nothing may be asked now, nor soon. */
  #check(): void {
    const refuse = (kind: ProviderErrorKind, detail: string, retryAfterMs: number) => {
      if (retryAfterMs > 0) throw this.#error({ type: "failed", kind, status: null, retryAfterMs, detail, down: false });
    };
    refuse("quota_exceeded", "nothing is left of it", this.#quota.closedMs);
    refuse("unavailable", "it failed several times and is left alone", this.#breaker.leftMs);
    const { pausedMs } = this.#turns;
    if (pausedMs > this.#patienceMs) refuse("rate_limited", "it asked us to wait", pausedMs);
  }

  async #count(): Promise<void> {
    if (!(await this.#quota.take())) this.#check();
  }

  /** Waits for as long as the failure asks for; throws where another attempt won't do. */
  async #beforeAnother(failure: Failure, attempt: number, signal?: AbortSignal): Promise<void> {
    const { attempts = ATTEMPTS, backoff = BACKOFF, random = Math.random } = this.#options;
    const waitMs = failure.retryAfterMs ?? backoffMs(attempt, backoff, random);
    const forAll = failure.kind === "rate_limited" || (failure.kind === "unavailable" && failure.retryAfterMs !== null);
    if (failure.kind === "quota_exceeded") this.#quota.close(failure.retryAfterMs);
    if (forAll) this.#turns.pause(waitMs);
    const left = Math.max(this.#breaker.leftMs, this.#quota.closedMs);
    const most = failure.kind === "garbled" ? Math.min(2, attempts) : mayPass(failure) ? attempts : 1;
    if (attempt >= most || left > 0 || (failure.retryAfterMs ?? 0) > this.#patienceMs) {
      throw this.#error({ ...failure, retryAfterMs: left > 0 ? left : forAll ? waitMs : failure.retryAfterMs });
    }
    if (!forAll) await this.#sleep(waitMs, signal);
  }

  #error({ kind, status, retryAfterMs, detail, cause }: Failure): ProviderError {
    const { provider } = this.#options;
    const message = this.#mask.text(failureMessage(provider, kind, detail, retryAfterMs));
    return new ProviderError(provider, kind, message, { status, retryAfterMs, ...(cause !== undefined && { cause: this.#mask.error(cause) }) });
  }

  /** The log and the figures of one request. */
  #tell(outcome: Outcome, { url, attempt, durationMs }: { url: URL; attempt: number; durationMs: number }): void {
    const { provider, log, onRequest } = this.#options;
    const status = outcome.type === "failed" ? outcome.status : outcome.reply.status;
    const result = resultOf(outcome);
    onRequest?.({ provider, result, status, durationMs, attempt });
    const fields = { provider, url: this.#mask.text(url.href), result, status, durationMs: Math.round(durationMs), attempt };
    if (outcome.type !== "failed") return log.debug(fields, "A provider answered");
    const { retryAfterMs, detail } = outcome;
    const cause = outcome.cause === undefined ? undefined : this.#mask.error(outcome.cause);
    const level = outcome.kind === "not_found" ? "debug" : "warn";
    log[level]({ ...fields, retryAfterMs, detail: this.#mask.text(detail), ...(cause && { err: cause }) }, "A request to a provider failed");
  }
}

function resultOf(outcome: Outcome): RequestFigures["result"] {
  if (outcome.type === "failed") return outcome.kind;
  return outcome.type === "same" ? "unchanged" : outcome.type;
}

function mayPass({ kind }: Failure): boolean {
  return kind === "unavailable" || kind === "rate_limited";
}

function answerOf(good: Good, stored: StoredAnswer | null, unchanged = false): ProviderAnswer {
  if (good.type === "answered") return { status: good.reply.status, body: good.body, unchanged };
  return { status: stored!.status, body: JSON.parse(stored!.body!) as unknown, unchanged: true };
}
