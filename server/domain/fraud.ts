import { ballotsSignal, sharedBallots } from "./fraud-ballots.ts";
import { MIN_ACCOUNTS, type Crowd, type Signal, type Suspect } from "./fraud-facts.ts";
import { networkSignal, newAccountsSignal } from "./fraud-networks.ts";
import { actionGaps, isRegular, timingSignal } from "./fraud-timing.ts";
import { median } from "./fraud-figures.ts";

/** Fans who look like one hand, why, and how much so (0 to 1). */
export interface Finding {
  userIds: readonly number[];
  score: number;
  signals: readonly Signal[];
}

/** From here on a finding is shown to a moderator. */
export const LOW_SCORE = 0.5;
/** From here on its votes are taken out of the tally at once. No single signal comes here alone. */
export const HIGH_SCORE = 0.8;

/** The newest accounts of a show that are looked at together; an attack is among them while it runs. */
export const POOL = 1_000;

/**
 * How much a signal says at its full strength. Each is below HIGH_SCORE; new accounts from one network
 * are below LOW_SCORE too, because a crowd behind one address looks so. The same accounts are not
 * counted by their network and by their age: the stronger counts.
 */
export const WEIGHTS: Record<Signal["kind"], number> = { network: 0.45, new_accounts: 0.3, timing: 0.65, ballots: 0.7 };

export function isQuarantined(score: number): boolean {
  return score >= HIGH_SCORE;
}

/** What signals come to together: one minus the chance that all of them are chance. */
export function combinedScore(signals: readonly Signal[]): number {
  const doubts = new Map<string, number>();
  for (const { kind, strength } of signals) {
    const about = kind === "network" || kind === "new_accounts" ? "accounts" : kind;
    doubts.set(about, Math.min(doubts.get(about) ?? 1, 1 - WEIGHTS[kind] * strength));
  }
  return 1 - [...doubts.values()].reduce((all, doubt) => all * doubt, 1);
}

/** The findings among a show's suspects, worst first; no fan is in two. */
export function findFraud(suspects: readonly Suspect[], crowd: Crowd): Finding[] {
  const candidates = [
    ...sharedBallots(suspects, crowd).map((shared) => shared.members),
    ...byNetwork(suspects),
    ...byRhythm(suspects),
  ];
  const judged = candidates.map((members) => judge(members, crowd)).filter((one) => one.score >= LOW_SCORE);
  const findings: Judged[] = [];
  const taken = new Set<Suspect>();
  for (const one of judged.sort((a, b) => b.score - a.score)) {
    const rest = one.members.filter((member) => !taken.has(member));
    const again = rest.length === one.members.length ? one : judge(rest, crowd);
    if (rest.length < MIN_ACCOUNTS || again.score < LOW_SCORE) continue;
    findings.push(again);
    for (const member of again.members) taken.add(member);
  }
  return findings.map(({ members, score, signals }) => ({ userIds: members.map((one) => one.userId), score, signals }));
}

interface Judged {
  members: readonly Suspect[];
  score: number;
  signals: Signal[];
}

function judge(asked: readonly Suspect[], crowd: Crowd): Judged {
  const members = withoutBystanders(asked, crowd);
  if (members.length < MIN_ACCOUNTS) return { members, score: 0, signals: [] };
  const signals = [
    networkSignal(members, crowd),
    newAccountsSignal(members, crowd),
    timingSignal(members),
    ballotsSignal(members, crowd),
  ].filter((signal) => signal !== null && signal.strength > 0.01) as Signal[];
  return { members, score: combinedScore(signals), signals };
}

/** Where new accounts are what is odd, the old ones among them are there by chance. */
function withoutBystanders(members: readonly Suspect[], crowd: Crowd): readonly Suspect[] {
  if (members.length === 0 || newAccountsSignal(members, crowd).strength < 0.5) return members;
  return members.filter((member) => member.young);
}

/** The new accounts of each network with enough of them. */
function byNetwork(suspects: readonly Suspect[]): Suspect[][] {
  const young = suspects.filter((one) => one.young && one.network !== null);
  const groups = Map.groupBy(young, (one) => one.network);
  return [...groups.values()].filter((group) => group.length >= MIN_ACCOUNTS);
}

/** Fans who vote by the same metronome: about the same gap, within a fifth. */
function byRhythm(suspects: readonly Suspect[]): Suspect[][] {
  const regular = suspects.flatMap((suspect) => {
    const gaps = actionGaps(suspect);
    return isRegular(gaps) ? [{ suspect, beat: Math.round(Math.log(median(gaps)) / Math.log(1.2)) }] : [];
  });
  const groups = Map.groupBy(regular, ({ beat }) => beat);
  return [...groups.values()]
    .filter((group) => group.length >= MIN_ACCOUNTS)
    .map((group) => group.map(({ suspect }) => suspect));
}

/** The networks whose ages the crowd must know before `findFraud` can weigh them. */
export function networksToWeigh(suspects: readonly Suspect[]): string[] {
  const groups = Map.groupBy(suspects.filter((one) => one.network !== null), (one) => one.network!);
  return [...groups].filter(([, group]) => group.length >= MIN_ACCOUNTS).map(([network]) => network);
}
