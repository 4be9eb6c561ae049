import type { Signal, TimingPattern } from "./fraud-facts.ts";

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** What a signal is called. */
export const SIGNAL_NAMES: Record<Signal["kind"], string> = {
  network: "New accounts from one network",
  new_accounts: "New accounts",
  timing: "Machine-like timing",
  ballots: "The same ballot",
};

const RHYTHMS: Record<TimingPattern, (measured: number, of: number) => string> = {
  gaps: (share, of) =>
    `${percent(share)} of these ${of} fans vote like a metronome: the gaps between one fan’s votes differ by less than a fifth.`,
  arrivals: (variation, of) =>
    `The accounts come one after another at even gaps: ${of} gaps with a variation of ${variation.toFixed(2)}, where 0 is a metronome and 1 is chance.`,
  sign_ups: (variation, of) =>
    `From opening the account to its first vote it always takes about the same time: ${of} accounts with a variation of ${variation.toFixed(2)}, where 0 is a metronome and 1 is chance.`,
  grid: (share, of) =>
    `${percent(share)} of ${of} gaps between votes are whole multiples of one step; by chance it would be about 8 %.`,
  speed: (share, of) => `${percent(share)} of these ${of} fans cast a ballot of five votes or more within a second.`,
};

/** A signal in words with its figures, for a moderator. */
export function explainSignal(signal: Signal): string {
  switch (signal.kind) {
    case "network":
      return `${signal.young} of the ${signal.fans} fans who vote on this show from this network had an account younger than a day. Elsewhere on the show it is ${percent(signal.elsewhere)}.`;
    case "new_accounts":
      return `${signal.young} of these ${signal.fans} fans had an account younger than a day when they first voted here. Elsewhere on the show it is ${percent(signal.elsewhere)}.`;
    case "timing":
      return RHYTHMS[signal.pattern](signal.measured, signal.of);
    case "ballots":
      return `${signal.fans} fans share ${signal.songs.length} songs that do not lead. By chance ${by(signal.expected)} would.${signal.sameOrder ? " Most voted for them in one order, which is not the page’s." : ""}`;
  }
}

function by(expected: number): string {
  if (expected < 0.5) return "no one";
  return expected < 1.5 ? "about one" : `about ${Math.round(expected)}`;
}
