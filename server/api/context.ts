import type { Actor } from "../auth/actor.ts";
import type { SignInAttempts } from "../auth/attempts.ts";
import type { Authenticated, Authenticator, Credentials } from "../auth/authenticate.ts";
import type { Write } from "../commands/registry.ts";
import type { Hub } from "../realtime/hub.ts";
import type { ImportWatch } from "../realtime/import-watch.ts";
import type { StreamSlots } from "../realtime/stream-slots.ts";
import { isForeseen, toTrpcError } from "./error-map.ts";
import type { AskedProvider } from "../views/jobs-page.ts";
import type { Reader } from "../views/reader.ts";

/** What procedures need of the process. */
export interface ApiDeps {
  reader: Reader;
  write: Write;
  hub: Hub;
  imports: ImportWatch;
  slots: StreamSlots;
  authenticator: Authenticator;
  attempts: SignInAttempts;
  /** How the providers do that this process asks; null where it runs no jobs. */
  askedProviders: () => Promise<AskedProvider[] | null>;
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
  /** Aborts when the client is gone; made when it is first asked for. */
  readonly signal: AbortSignal;
}

/** One request as procedures see it. */
export interface Context extends ApiDeps {
  actor: Readonly<Actor> | null;
  sessionId: string | null;
  request: RequestFacts;
  /** Headers that the answer takes along, such as Set-Cookie. */
  responseHeaders: Headers;
}

/** The context of a request. Throws `unauthenticated` for an API token that is not valid. */
export async function createContext(deps: ApiDeps, request: RequestFacts): Promise<Context> {
  return contextOf(deps, request, await deps.authenticator.authenticate(request));
}

/** The context of a request of which it is known who sends it. */
export function contextOf(deps: ApiDeps, request: RequestFacts, by: Authenticated): Context {
  const responseHeaders = new Headers();
  if (by.setCookie) responseHeaders.append("set-cookie", by.setCookie);
  return { ...deps, actor: by.actor, sessionId: by.sessionId, request, responseHeaders };
}

/** The same, for a call from outside: what fails leaves as a TRPCError. */
export async function createCallContext(deps: ApiDeps, request: RequestFacts): Promise<Context> {
  try {
    return await createContext(deps, request);
  } catch (error) {
    if (!isForeseen(error)) deps.onError(error, undefined);
    throw toTrpcError(error);
  }
}
