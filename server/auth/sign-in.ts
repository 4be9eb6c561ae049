import { AppError } from "../domain/errors.ts";
import type { SignInAttempts } from "./attempts.ts";
import { verifyPassword } from "./passwords.ts";
import type { Sessions } from "./sessions.ts";

export interface SignInDeps {
  attempts: SignInAttempts;
  sessions: Sessions;
  find: (email: string) => Promise<{ id: number; passwordHash: string | null } | null>;
}

export interface Attempt {
  email: string;
  password: string;
  /** The client's network address. */
  address: string;
  /** Whether the browser came over plain HTTP from elsewhere, where it would drop the session cookie. */
  plainHttp: boolean;
}

/**
 * Checks a password and starts a session. Throws `wrong_credentials`, the same for every cause,
 * `too_many_attempts`, or `needs_https`.
 */
export async function signIn(
  { email, password, address, plainHttp }: Attempt,
  { attempts, sessions, find }: SignInDeps,
): Promise<{ userId: number; setCookie: string }> {
  if (plainHttp) {
    throw new AppError({
      kind: "forbidden",
      reason: "needs_https",
      message: "Signing in needs HTTPS. Whoever runs this site has to put it behind TLS first.",
    });
  }
  await attempts.countAddress(address);
  await attempts.countAccount(email, address);
  const known = await find(email);
  const right = await verifyPassword(password, known?.passwordHash ?? null);
  if (!known || !right) {
    throw new AppError({
      kind: "unauthenticated",
      reason: "wrong_credentials",
      message: "This e-mail address and password do not go together.",
    });
  }
  await attempts.succeeded(email, address);
  return { userId: known.id, setCookie: await sessions.start(known.id) };
}

/** Ends a session, if there is one, and returns the Set-Cookie value that removes the cookie. */
export function signOut(sessions: Sessions, sessionId: string | null): Promise<string> {
  return sessionId === null ? Promise.resolve(sessions.blank()) : sessions.end(sessionId);
}
