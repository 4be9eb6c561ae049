import type { ProviderHttpOptions, RequestFigures } from "#jobs/providers/http-options.ts";
import { ProviderError } from "#jobs/providers/http.ts";
import { createProviderHttp } from "#jobs/providers/provider-http.ts";
import type { QuotaCounter } from "#jobs/providers/quota.ts";
import type { ResponseCache, StoredAnswer } from "#jobs/providers/response-cache.ts";
import { TestClock } from "./clock.ts";
import type { ProviderServer } from "./provider-server.ts";

export interface LoggedLine {
  level: "debug" | "info" | "warn";
  fields: Record<string, unknown>;
  message: string;
}

/** The way to a test's provider: unpaced, and waiting takes no time but moves the clock. */
export function httpTo(server: Pick<ProviderServer, "url">, options: Partial<ProviderHttpOptions> = {}) {
  const clock = new TestClock();
  const sleeps: number[] = [];
  const lines: LoggedLine[] = [];
  const figures: RequestFigures[] = [];
  const logger = (level: LoggedLine["level"]) => (fields: object, message: string) => void lines.push({ level, fields: fields as Record<string, unknown>, message });
  const http = createProviderHttp({
    provider: "setlistfm",
    baseUrl: server.url,
    userAgent: "the-set-tests/1.0 (tests@example.org)",
    minTimeMs: 0,
    timeoutMs: 5_000,
    log: { debug: logger("debug"), info: logger("info"), warn: logger("warn") },
    onRequest: (one) => void figures.push(one),
    clock: clock.now,
    random: () => 0.5,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      sleeps.push(ms);
      clock.advance(ms);
    },
    ...options,
  });
  return { http, clock, sleeps, lines, figures };
}

/** The error of a request that must fail by one. */
export async function providerErrorOf(asked: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await asked.then(
    (answer) => new Error(`Expected a ProviderError, got ${JSON.stringify(answer)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProviderError)) throw error;
  return error;
}

/** Keeps answers in memory, and what was done to them. */
export class MemoryCache implements ResponseCache {
  readonly answers = new Map<string, StoredAnswer>();
  readonly calls: string[] = [];

  async read(key: string): Promise<StoredAnswer | null> {
    this.calls.push("read");
    return this.answers.get(key) ?? null;
  }

  async write(key: string, answer: StoredAnswer): Promise<void> {
    this.calls.push("write");
    this.answers.set(key, answer);
  }

  async touch(key: string, checkedAt: number): Promise<void> {
    this.calls.push("touch");
    this.answers.set(key, { ...this.answers.get(key)!, checkedAt });
  }
}

/** Counts in memory; outlives the way to a provider, as a database would. */
export class MemoryQuota implements QuotaCounter {
  readonly days = new Map<string, number>();

  async count(provider: string, day: string): Promise<number> {
    const used = (this.days.get(`${provider} ${day}`) ?? 0) + 1;
    this.days.set(`${provider} ${day}`, used);
    return used;
  }

  async used(provider: string, day: string): Promise<number> {
    return this.days.get(`${provider} ${day}`) ?? 0;
  }
}
