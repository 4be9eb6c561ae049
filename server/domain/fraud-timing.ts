import { MIN_ACCOUNTS, type Signal, type Suspect, type TimingPattern } from "./fraud-facts.ts";
import { gapsOf, ramp, robustVariation, variation } from "./fraud-figures.ts";

/** Votes closer than this are one action: a script may send a whole ballot in one call. */
const ONE_ACTION_MS = 50;
/** A longer gap is a pause, not a rhythm. */
const PAUSE_MS = 600_000;
/** Gaps a fan must have before they say anything. */
const MIN_GAPS = 4;
/** Variation below which a fan's gaps are a machine's; people have 0.4 and more. */
const REGULAR = 0.2;
/** Gaps between accounts before they say anything. */
const MIN_ARRIVALS = 15;
const MIN_GRID_GAPS = 30;
/** Steps by which scripts wait, in ms. */
const STEPS = [500, 1_000, 5_000, 10_000];
/** How near a gap must be to a multiple, as part of the step; one in twelve is so by chance. */
const NEAR = 0.04;
const FAST_MS = 1_000;
const FAST_VOTES = 5;

type Measured = { pattern: TimingPattern; strength: number; measured: number; of: number };

/** The most machine-like of the members' rhythms. */
export function timingSignal(members: readonly Suspect[]): Signal | null {
  const gaps = members.map(actionGaps);
  const found = [ownGaps(gaps), arrivals(members), signUps(members), grid(gaps), speed(members)];
  const [strongest] = found.filter((one) => one !== null).sort((a, b) => b.strength - a.strength);
  return strongest ? { kind: "timing", ...strongest } : null;
}

/** The gaps between a fan's actions, in ms; votes of one call are one action. */
export function actionGaps({ votes }: Pick<Suspect, "votes">): number[] {
  return gapsOf(votes.map((vote) => vote.castAt)).filter((gap) => gap >= ONE_ACTION_MS && gap <= PAUSE_MS);
}

/** Whether one fan's gaps are a machine's. */
export function isRegular(gaps: readonly number[]): boolean {
  return gaps.length >= MIN_GAPS && variation(gaps) < REGULAR;
}

function ownGaps(gaps: readonly number[][]): Measured | null {
  const regular = gaps.filter(isRegular).length;
  if (regular < MIN_ACCOUNTS) return null;
  const share = regular / gaps.length;
  return { pattern: "gaps", strength: ramp(share, 0.3, 0.7), measured: share, of: gaps.length };
}

function arrivals(members: readonly Suspect[]): Measured | null {
  return metronome("arrivals", gapsOf(members.map((member) => member.firstCastAt)));
}

function signUps(members: readonly Suspect[]): Measured | null {
  return metronome("sign_ups", members.filter((member) => member.young).map((member) => member.delay));
}

function metronome(pattern: TimingPattern, values: number[]): Measured | null {
  const lasting = values.filter((value) => value >= ONE_ACTION_MS);
  if (lasting.length < MIN_ARRIVALS) return null;
  const measured = robustVariation(lasting);
  return { pattern, strength: ramp(measured, 0.5, 0.2), measured, of: lasting.length };
}

function grid(gaps: readonly number[][]): Measured | null {
  const all = gaps.flat();
  const shares = STEPS.map((step) => {
    const lasting = all.filter((gap) => gap >= step / 2);
    if (lasting.length < MIN_GRID_GAPS) return { share: 0, of: 0 };
    const near = lasting.filter((gap) => Math.abs(gap - Math.round(gap / step) * step) <= NEAR * step);
    return { share: near.length / all.length, of: all.length };
  });
  const [most] = shares.sort((a, b) => b.share - a.share);
  if (!most || most.of === 0) return null;
  return { pattern: "grid", strength: ramp(most.share, 0.35, 0.7), measured: most.share, of: most.of };
}

/** Half at most: honest people vote by script too. */
function speed(members: readonly Suspect[]): Measured | null {
  const fast = members.filter(({ votes }) => votes.length >= FAST_VOTES && within(votes) <= FAST_MS).length;
  if (fast < MIN_ACCOUNTS) return null;
  const share = fast / members.length;
  return { pattern: "speed", strength: ramp(share, 0.6, 0.9) * 0.5, measured: share, of: members.length };
}

function within(votes: Suspect["votes"]): number {
  const instants = votes.map((vote) => vote.castAt);
  return Math.max(...instants) - Math.min(...instants);
}
