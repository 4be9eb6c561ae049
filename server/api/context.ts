import type { Actor } from "../auth/actor.ts";
import type { SignInAttempts } from "../auth/attempts.ts";
import type { Authenticator, Credentials } from "../auth/authenticate.ts";
import type { Write } from "../commands/registry.ts";
import type { Hub } from "../realtime/hub.ts";
import type { StreamSlots } from "../realtime/stream-slots.ts";
import type { Reader } from "../views/reader.ts";

/** What procedures need of the process. */
export interface ApiDeps {
  reader: Reader;
  write: Write;
  hub: Hub;
  slots: StreamSlots;
  authenticator: Authenticator;
  attempts: SignInAttempts;
  /** Epoch ms. */
  now: () => number;
  /** Hears of errors that nobody threw on purpose. */
  onError(error: unknown, path: string | undefined): void;
}

/** What a request brings along. */
export interface RequestFacts extends Credentials {
  /** The client's network address. */
  address: string;
  /** Whether a browser came over plain HTTP from another machine. */
  plainHttp: boolean;
  /** Aborts when the client is gone. */
  signal: AbortSignal;
}

/** One request as procedures see it. */
export interface Context extends ApiDeps {
  actor: Actor | null;
  sessionId: string | null;
  request: RequestFacts;
  /** Headers that the answer takes along, such as Set-Cookie. */
  responseHeaders: Headers;
}

/** The context of a request. Throws `unauthenticated` for an API token that is not valid. */
export async function createContext(deps: ApiDeps, request: RequestFacts): Promise<Context> {
  const { actor, sessionId, setCookie } = await deps.authenticator.authenticate(request);
  const responseHeaders = new Headers();
  if (setCookie) responseHeaders.append("set-cookie", setCookie);
  return { ...deps, actor, sessionId, request, responseHeaders };
}
