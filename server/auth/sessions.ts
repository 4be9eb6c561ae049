import { hash } from "node:crypto";
import { Lucia, TimeSpan, type Adapter, type DatabaseSession, type DatabaseUser } from "lucia";
import type { Database } from "#db/client.ts";
import { sessionByHash } from "#db/queries/users.ts";
import type { Actor, Role } from "./actor.ts";
import type { FoundAccess } from "./known-access.ts";

/** The writes that sessions need, each of them a command. */
export interface SessionWrites {
  createSession(session: { idHash: string; userId: number; expiresAt: number }): Promise<unknown>;
  extendSession(session: { idHash: string; expiresAt: number }): Promise<unknown>;
  endSession(session: { idHash: string }): Promise<unknown>;
  endSessionsOf(user: { userId: number }): Promise<unknown>;
}

export interface SessionDeps {
  reader: Database;
  writes: SessionWrites;
  /** What every address of the site begins with: "" or such as "/theset". */
  basePath: string;
  /** Epoch ms. */
  now: () => number;
}

const DAY_MS = 86_400_000;
/** A session ends after this long without use… */
const SLIDING_DAYS = 30;
/** …and after this long in any case. */
const ABSOLUTE_DAYS = 90;
/** Use prolongs a session once only this is left of it: Lucia's rule. */
const HALF_LIFE_MS = (SLIDING_DAYS * DAY_MS) / 2;
/** A session is extended only if that gains at least this much. */
const EXTENSION_WORTH_MS = 3_600_000;

declare module "lucia" {
  interface Register {
    Lucia: Lucia<Record<never, never>, { actor: Actor }>;
    UserId: number;
    DatabaseUserAttributes: UserAttributes;
  }
}

interface UserAttributes {
  email: string;
  displayName: string;
  role: Role;
}

/** What a session id means. */
export interface FoundSession extends FoundAccess {
  /** Present when the cookie's life was prolonged. */
  setCookie: string | null;
}

/** Cookie sessions. The only file that knows Lucia. */
export class Sessions {
  readonly #lucia: Lucia<Record<never, never>, { actor: Actor }>;

  /** `secure`: mark the cookie Secure and its name, too, which plain HTTP on localhost cannot have. */
  constructor(deps: SessionDeps, secure: boolean) {
    this.#lucia = new Lucia(hashingAdapter(deps), {
      sessionExpiresIn: new TimeSpan(SLIDING_DAYS, "d"),
      sessionCookie: {
        name: secure ? `${prefixOf(deps)}theset` : "theset",
        attributes: { secure, sameSite: "lax", path: deps.basePath || "/" },
      },
      getUserAttributes: ({ email, displayName, role }) => ({
        // Filled in by `read`, which knows the id.
        actor: { userId: 0, email, displayName, role },
      }),
    });
  }

  /** The session id in a Cookie header. */
  idIn(cookieHeader: string | null): string | null {
    return cookieHeader === null ? null : valueOf(this.#lucia.sessionCookieName, cookieHeader);
  }

  /** Whose session an id is; null for nobody's. Prolongs a session of which half is over. */
  async find(sessionId: string): Promise<FoundSession | null> {
    const { session, user } = await this.#lucia.validateSession(sessionId);
    if (!session) return null;
    const dueAt = session.expiresAt.getTime() - HALF_LIFE_MS;
    return {
      access: { actor: { ...user.actor, userId: user.id }, token: null },
      // What was prolonged a moment ago is read once more, for the end that it has now.
      until: session.fresh ? 0 : dueAt,
      setCookie: session.fresh ? this.#lucia.createSessionCookie(sessionId).serialize() : null,
    };
  }

  /** Starts a session under a new id and returns the Set-Cookie value. */
  async start(userId: number): Promise<string> {
    const session = await this.#lucia.createSession(userId, {});
    return this.#lucia.createSessionCookie(session.id).serialize();
  }

  /** Ends a session and returns the Set-Cookie value that removes the cookie. */
  async end(sessionId: string): Promise<string> {
    await this.#lucia.invalidateSession(sessionId);
    return this.blank();
  }

  /** The Set-Cookie value that removes the cookie. */
  blank(): string {
    return this.#lucia.createBlankSessionCookie().serialize();
  }
}

/** Browsers refuse `__Host-` on a cookie of less than the whole host. */
function prefixOf({ basePath }: SessionDeps): string {
  return basePath === "" ? "__Host-" : "__Secure-";
}

/**
 * The first value of a name in a Cookie header: browsers put that of the longest path first, and
 * another instance may lie above this one. Other names may hold what cannot be decoded.
 */
function valueOf(name: string, cookieHeader: string): string | null {
  for (const pair of cookieHeader.split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null;
  }
  return null;
}

/** Under what a session is kept: its id stays with the browser. */
export function hashSessionId(sessionId: string): string {
  return hash("sha256", sessionId);
}

/** Lucia's storage: ids are hashed on the way in, writes are commands, and life is bounded absolutely. */
function hashingAdapter({ reader, writes, now }: SessionDeps): Adapter {
  const find = async (sessionId: string) => {
    const row = await sessionByHash(reader, hashSessionId(sessionId));
    if (!row) return null;
    const { createdAt, expiresAt } = row.session;
    return now() < Math.min(expiresAt, createdAt + ABSOLUTE_DAYS * DAY_MS) ? row : null;
  };
  return {
    async getSessionAndUser(sessionId): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const row = await find(sessionId);
      if (!row) return [null, null];
      const { account, session } = row;
      const { email, displayName, role } = account;
      return [
        { id: sessionId, userId: account.id, expiresAt: new Date(session.expiresAt), attributes: {} },
        { id: account.id, attributes: { email, displayName, role } },
      ];
    },
    async setSession({ id, userId, expiresAt }) {
      await writes.createSession({ idHash: hashSessionId(id), userId, expiresAt: expiresAt.getTime() });
    },
    async updateSessionExpiration(sessionId, expiresAt) {
      const row = await find(sessionId);
      if (!row) return;
      const latest = row.session.createdAt + ABSOLUTE_DAYS * DAY_MS;
      const until = Math.min(expiresAt.getTime(), latest);
      // Near the absolute end there is nothing left to extend, and Lucia would ask with every request.
      if (until - row.session.expiresAt < EXTENSION_WORTH_MS) return;
      await writes.extendSession({ idHash: hashSessionId(sessionId), expiresAt: until });
    },
    async deleteSession(sessionId) {
      await writes.endSession({ idHash: hashSessionId(sessionId) });
    },
    async deleteUserSessions(userId) {
      await writes.endSessionsOf({ userId });
    },
    getUserSessions: () => Promise.reject(new Error("Sessions cannot be listed by their ids: only hashes are kept")),
    deleteExpiredSessions: () => Promise.reject(new Error("The job delete-expired-sessions does this")),
  };
}
