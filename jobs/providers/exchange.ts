/** A provider's answer as it came. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
}

export type ExchangeProblem =
  /** No connection, or it broke. */
  | "network"
  /** No whole answer in time. */
  | "timeout"
  /** More than is taken. */
  | "too_large";

/** No whole answer came. */
export class ExchangeError extends Error {
  override readonly name = "ExchangeError";
  readonly problem: ExchangeProblem;

  constructor(problem: ExchangeProblem, cause?: unknown) {
    super(`No whole answer: ${problem}`, { cause });
    this.problem = problem;
  }
}

export interface ExchangeLimits {
  /** For the whole answer, ms. */
  timeoutMs: number;
  /** Of the body, unpacked. */
  maxBytes: number;
}

/**
 * Sends one request and takes the whole answer, whatever its status; follows no redirect. Rejects with
 * `ExchangeError`, or with the signal's reason.
 */
export async function exchange(
  fetch: typeof globalThis.fetch,
  url: URL,
  init: RequestInit,
  { timeoutMs, maxBytes }: ExchangeLimits,
  signal?: AbortSignal,
): Promise<Reply> {
  signal?.throwIfAborted();
  const stop = new AbortController();
  const leave = () => stop.abort();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop.abort();
  }, timeoutMs);
  signal?.addEventListener("abort", leave, { once: true });
  try {
    const response = await fetch(url, { ...init, redirect: "manual", signal: stop.signal });
    return { status: response.status, headers: response.headers, text: await textOf(response, maxBytes) };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ExchangeError) throw error;
    throw new ExchangeError(late ? "timeout" : "network", error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", leave);
    // Lets go of the connection of an answer that was not read to its end.
    stop.abort();
  }
}

async function textOf(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let chunk = await reader?.read(); chunk?.value !== undefined; chunk = await reader?.read()) {
    bytes += chunk.value.byteLength;
    if (bytes > maxBytes) throw new ExchangeError("too_large");
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}
