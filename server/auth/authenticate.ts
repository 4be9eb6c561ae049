import { AppError } from "../domain/errors.ts";
import type { Database } from "#db/client.ts";
import type { Actor } from "./actor.ts";
import type { Access, KnownAccess } from "./known-access.ts";
import { hashSessionId, Sessions, type SessionDeps } from "./sessions.ts";
import { bearerHash, findToken } from "./tokens.ts";

/** What a request brings along to say who sends it. */
export interface Credentials {
  cookie: string | null;
  authorization: string | null;
  /** Whether the site is reached in a way that lets it set Secure cookies. */
  secure: boolean;
}

export interface Authenticated {
  actor: Readonly<Actor> | null;
  /** Null without a session, as with an API token. */
  sessionId: string | null;
  setCookie: string | null;
}

export interface AuthenticatorDeps extends SessionDeps {
  known: KnownAccess;
  touchToken(token: { id: number }): Promise<unknown>;
  reader: Database;
  onError: (error: unknown) => void;
}

/** A token's "last used" is written at most this often, in ms. */
const TOUCH_INTERVAL_MS = 3_600_000;

const nobody: Authenticated = { actor: null, sessionId: null, setCookie: null };

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
  async authenticate(credentials: Credentials): Promise<Authenticated> {
    return this.recall(credentials) ?? this.#ask(credentials);
  }

  /** Who sends a request, if that is known without asking the database; else null. */
  recall({ cookie, authorization, secure }: Credentials): Authenticated | null {
    if (authorization !== null) {
      const hash = bearerHash(authorization);
      const access = hash === null ? null : this.#deps.known.recall(hash);
      return access && this.#holderOf(access);
    }
    const sessionId = this.sessions(secure).idIn(cookie);
    if (sessionId === null) return nobody;
    const access = this.#deps.known.recall(hashSessionId(sessionId));
    return access && { actor: access.actor, sessionId, setCookie: null };
  }

  #ask({ cookie, authorization, secure }: Credentials): Promise<Authenticated> {
    if (authorization !== null) return this.#askForToken(authorization);
    const sessions = this.sessions(secure);
    return this.#askForSession(sessions, sessions.idIn(cookie)!);
  }

  async #askForSession(sessions: Sessions, sessionId: string): Promise<Authenticated> {
    let setCookie: string | null = null;
    const access = await this.#deps.known.learn(hashSessionId(sessionId), async () => {
      const found = await sessions.find(sessionId);
      setCookie = found?.setCookie ?? null;
      return found;
    });
    return access ? { actor: access.actor, sessionId, setCookie } : nobody;
  }

  async #askForToken(authorization: string): Promise<Authenticated> {
    const hash = bearerHash(authorization);
    const access = hash === null ? null : await this.#deps.known.learn(hash, () => findToken(this.#deps.reader, hash));
    if (access) return this.#holderOf(access);
    throw new AppError({
      kind: "unauthenticated",
      reason: "invalid_token",
      message: "This API token is not valid. It may have been revoked.",
    });
  }

  #holderOf({ actor, token }: Access): Authenticated {
    const now = this.#deps.now();
    if (token && now - (token.lastUsedAt ?? 0) > TOUCH_INTERVAL_MS) {
      token.lastUsedAt = now;
      this.#deps.touchToken({ id: token.id }).catch(this.#deps.onError);
    }
    return { actor, sessionId: null, setCookie: null };
  }
}
