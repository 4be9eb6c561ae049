import { createHash } from "node:crypto";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "../domain/errors.ts";

const WINDOW_SECONDS = 15 * 60;
/** Wrong passwords for one account in a window, from anywhere. */
const PER_ACCOUNT = 10;
/** Sign-ins and sign-ups from one address in a window; a venue's whole crowd may share one. */
const PER_ADDRESS = 300;

/** Counts sign-in attempts per address and per account. */
export class SignInAttempts {
  readonly #byAddress = new RateLimiterMemory({ points: PER_ADDRESS, duration: WINDOW_SECONDS });
  readonly #byAccount = new RateLimiterMemory({ points: PER_ACCOUNT, duration: WINDOW_SECONDS });

  /** Counts an attempt against its address. Throws `too_many` when used up. */
  async countAddress(address: string): Promise<void> {
    await consume(this.#byAddress, address);
  }

  /** Counts an attempt on an account before the password is looked at, so that guesses in parallel count too. */
  async countAccount(email: string): Promise<void> {
    await consume(this.#byAccount, accountKey(email));
  }

  /** A right password clears the account's count. */
  async succeeded(email: string): Promise<void> {
    await this.#byAccount.delete(accountKey(email));
  }
}

function accountKey(email: string): string {
  return createHash("sha256").update(email).digest("base64url");
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
