import { AppError } from "../domain/errors.ts";
import type { Database } from "#db/client.ts";
import type { Actor } from "./actor.ts";
import { Sessions, type SessionDeps } from "./sessions.ts";
import { readBearer } from "./tokens.ts";

/** What a request brings along to say who sends it. */
export interface Credentials {
  cookie: string | null;
  authorization: string | null;
  /** Whether the site is reached in a way that lets it set Secure cookies. */
  secure: boolean;
}

export interface Authenticated {
  actor: Actor | null;
  /** Null without a session, as with an API token. */
  sessionId: string | null;
  setCookie: string | null;
}

export interface AuthenticatorDeps extends SessionDeps {
  touchToken(token: { id: number }): Promise<unknown>;
  reader: Database;
  onError: (error: unknown) => void;
}

/** A token's "last used" is written at most this often, in ms. */
const TOUCH_INTERVAL_MS = 3_600_000;

/** Finds out who sends a request, by session cookie or API token. */
export class Authenticator {
  readonly #deps: AuthenticatorDeps;
  readonly #secure: Sessions;
  readonly #plain: Sessions;

  constructor(deps: AuthenticatorDeps) {
    this.#deps = deps;
    this.#secure = new Sessions(deps, true);
    this.#plain = new Sessions(deps, false);
  }

  sessions(secure: boolean): Sessions {
    return secure ? this.#secure : this.#plain;
  }

  /** Throws `unauthenticated` for an Authorization header that is not valid; without any, nobody. */
  async authenticate({ cookie, authorization, secure }: Credentials): Promise<Authenticated> {
    if (authorization !== null) return this.#byToken(authorization);
    const signedIn = await this.sessions(secure).read(cookie);
    return {
      actor: signedIn?.actor ?? null,
      sessionId: signedIn?.sessionId ?? null,
      setCookie: signedIn?.setCookie ?? null,
    };
  }

  async #byToken(authorization: string): Promise<Authenticated> {
    const holder = await readBearer(this.#deps.reader, authorization);
    if (!holder) {
      throw new AppError({
        kind: "unauthenticated",
        reason: "invalid_token",
        message: "This API token is not valid. It may have been revoked.",
      });
    }
    if (this.#deps.now() - (holder.lastUsedAt ?? 0) > TOUCH_INTERVAL_MS) {
      this.#deps.touchToken({ id: holder.tokenId }).catch(this.#deps.onError);
    }
    return { actor: holder.actor, sessionId: null, setCookie: null };
  }
}
