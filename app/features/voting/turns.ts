import type { VoteIntent } from "./vote-answer.ts";

/**
 * Lets votes wait while another one is being taken back: they may need its place, and two requests
 * sent one after the other can arrive in either order.
 */
export class Turns {
  #retracting = 0;
  #waiting: (() => void)[] = [];

  take(intent: VoteIntent, send: () => void): void {
    if (intent === "vote" && this.#retracting > 0) {
      this.#waiting.push(send);
      return;
    }
    if (intent === "retract") this.#retracting += 1;
    send();
  }

  /** Says that the answer to one of this intent is in, whatever it was. */
  done(intent: VoteIntent): void {
    if (intent === "retract") this.#retracting -= 1;
    if (this.#retracting === 0) for (const send of this.#waiting.splice(0)) send();
  }
}
