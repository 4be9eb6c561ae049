import { createHash } from "node:crypto";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "../domain/errors.ts";

const WINDOW_SECONDS = 15 * 60;
/** Wrong passwords for one account in a window from one address… */
const PER_ACCOUNT_AND_ADDRESS = 10;
/** …and from anywhere: more, so that a stranger can't lock a fan out with a few wrong guesses. */
const PER_ACCOUNT = 100;
/** Sign-ins and sign-ups from one address in a window; a venue's whole crowd may share one. */
const PER_ADDRESS = 300;

/** Counts sign-in attempts per address and per account. */
export class SignInAttempts {
  readonly #byAddress = new RateLimiterMemory({ points: PER_ADDRESS, duration: WINDOW_SECONDS });
  readonly #byBoth = new RateLimiterMemory({ points: PER_ACCOUNT_AND_ADDRESS, duration: WINDOW_SECONDS });
  readonly #byAccount = new RateLimiterMemory({ points: PER_ACCOUNT, duration: WINDOW_SECONDS });

  /** Counts an attempt against its address. Throws `too_many` when used up. */
  async countAddress(address: string): Promise<void> {
    await consume(this.#byAddress, address);
  }

  /** Counts an attempt on an account before the password is looked at, so that guesses in parallel count too. */
  async countAccount(email: string, address: string): Promise<void> {
    await consume(this.#byBoth, bothKey(email, address));
    await consume(this.#byAccount, accountKey(email));
  }

  /** A right password clears the account's count. */
  async succeeded(email: string, address: string): Promise<void> {
    await this.#byBoth.delete(bothKey(email, address));
    await this.#byAccount.delete(accountKey(email));
  }
}

function accountKey(email: string): string {
  return createHash("sha256").update(email).digest("base64url");
}

function bothKey(email: string, address: string): string {
  return `${accountKey(email)} ${address}`;
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const retryAfter = Math.ceil(refused.msBeforeNext / 1000);
    throw new AppError({
      kind: "too_many",
      reason: "too_many_attempts",
      message: `Too many attempts. Try again in ${Math.ceil(retryAfter / 60)} minutes.`,
      retryAfter,
    });
  }
}
