import type { Ages, Crowd, Suspect } from "#server/domain/fraud-facts.ts";
import { POOL } from "#server/domain/fraud.ts";

export type Random = () => number;

/** A fan before anything is looked for in them. */
export interface SimulatedFan extends Suspect {
  /** Whether an attacker made it. */
  bot: boolean;
}

export interface CrowdSpec {
  fans: number;
  songs: number;
  /** Share of accounts that are new; above 0 and up to 1. */
  young: number;
  /** Share of fans behind one address; the others have one of their own. */
  together: number;
  /** Over how long the votes come in, in ms. */
  within: number;
  /** Share of fans who tick the first songs of the page. */
  copyLeaders?: number;
  /** Share of fans who send their ballot in one call. */
  scripted?: number;
}

export interface AttackSpec {
  accounts: number;
  /** All from one address, behind the crowd's, or each from another. */
  network: "one" | "crowd" | "rotating";
  /** The same ten songs; eight of them and two others; or three and others that lead. */
  ballots: "identical" | "near" | "core";
  /** A metronome; waits of half to one and a half as long; like people; or each ballot in one call. */
  timing: "regular" | "jittered" | "human" | "one-call";
  /** Whether the accounts were kept for months before. */
  aged?: boolean;
  /** Whether accounts are opened as people open them: minutes to hours before they vote. */
  patient?: boolean;
}

/** When everything begins, epoch ms. */
const START = 1_780_000_000_000;
const BALLOT = 10;

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const logNormal = (random: Random, middle: number, spread: number) => middle * Math.exp(spread * normal(random));
const below = (random: Random, n: number) => Math.floor(random() * n);

/** Songs drawn without putting back, by weight (Efraimidis and Spirakis 2006). */
function draw(random: Random, weights: readonly number[], n: number): number[] {
  const keys = weights.map((weight, song) => ({ song, key: Math.log(1 - random()) / weight }));
  return keys.sort((a, b) => b.key - a.key).slice(0, n).map(({ song }) => song);
}

/**
 * People: favourites by popularity and by the album they love, three to ten votes, pauses as long as
 * they please, mostly down the page.
 */
export function honestCrowd(spec: CrowdSpec, random: Random): SimulatedFan[] {
  const popularity = Array.from({ length: spec.songs }, (_, i) => 1 / (i + 1) ** 0.9);
  const albums = 5;
  return Array.from({ length: spec.fans }, (_, i): SimulatedFan => {
    const album = below(random, albums + 2);
    const weights = popularity.map((weight, song) => (song % albums === album ? 6 * weight : weight));
    const size = random() < 0.5 ? BALLOT : 3 + below(random, 8);
    const copies = random() < (spec.copyLeaders ?? 0.05);
    const chosen = copies ? popularity.map((_, song) => song).slice(0, BALLOT) : draw(random, weights, Math.min(size, spec.songs));
    if (random() < 0.7) chosen.sort((a, b) => a - b);
    const young = random() < spec.young;
    const start = START + Math.floor(random() * spec.within);
    const pace = logNormal(random, 2_500, 0.5);
    const oneCall = random() < (spec.scripted ?? 0.01);
    const gap = () => (oneCall ? 0 : Math.max(250, logNormal(random, pace, 0.6)));
    const network = random() < spec.together ? "crowd" : `home ${i}`;
    const delay = young ? Math.max(20_000, logNormal(random, 900_000, 1.5)) : 40 * 86_400_000;
    return fan({ userId: young ? 1e6 + i : i, network, young: young && delay < 86_400_000, delay, bot: false }, start, chosen, gap);
  });
}

/** People who copy one list of unlikely songs from their forum: one ballot, many hands. */
export function fanClub(fans: number, young: number, crowd: CrowdSpec, random: Random): SimulatedFan[] {
  const list = draw(random, Array.from({ length: crowd.songs }, (_, song) => (song < crowd.songs / 3 ? 0.01 : 1)), BALLOT);
  const members = honestCrowd({ ...crowd, fans, young, copyLeaders: 0 }, random);
  return members.map((member, i) => {
    const gaps = list.map(() => Math.max(250, logNormal(random, 2_500, 0.6)));
    const userId = member.userId + 5_000_000 + i;
    return fan({ ...member, userId, network: `club ${i}` }, member.firstCastAt, list, () => gaps.pop()!);
  });
}

/** One hand behind many accounts, pushing songs that few would pick. */
export function attack(spec: AttackSpec, songs: number, within: number, random: Random): SimulatedFan[] {
  const unlikely = Array.from({ length: songs }, (_, i) => i).slice(Math.floor(songs / 3));
  const target = draw(random, unlikely.map(() => 1), BALLOT).map((i) => unlikely[i]!);
  const start = START + Math.floor(random() * within * 0.5);
  const every = Math.min(4_000, (within * 0.4) / spec.accounts);
  let at = start;
  return Array.from({ length: spec.accounts }, (_, i): SimulatedFan => {
    at += waits(spec.timing, every, random);
    const gap = () => (spec.timing === "one-call" ? 0 : waits(spec.timing, 300, random));
    const network = spec.network === "crowd" ? "crowd" : spec.network === "one" ? "attacker" : `exit ${i}`;
    const delay = spec.aged ? 90 * 86_400_000 : signUpDelay(spec, random);
    const userId = (spec.aged ? 5e5 : 2e6) + i;
    const chosen = ballotOf(spec.ballots, target, songs, random);
    return fan({ userId, network, young: !spec.aged, delay, bot: true }, Math.floor(at), chosen, gap);
  });
}

function signUpDelay({ timing, patient }: AttackSpec, random: Random): number {
  if (patient) return Math.min(20 * 3_600_000, Math.max(20_000, logNormal(random, 900_000, 1.5)));
  return 5_000 + waits(timing, 2_000, random);
}

function waits(timing: AttackSpec["timing"], middle: number, random: Random): number {
  if (timing === "regular") return middle * (1 + 0.02 * normal(random));
  if (timing === "human") return Math.max(100, logNormal(random, middle * 3, 0.7));
  return middle * (0.5 + random());
}

function ballotOf(kind: AttackSpec["ballots"], target: number[], songs: number, random: Random): number[] {
  if (kind === "identical") return [...target];
  const kept = kind === "near" ? target.slice(0, 8) : target.slice(0, 3);
  const others = Array.from({ length: songs }, (_, song) => song).filter((song) => !kept.includes(song));
  const leaders = others.filter((song) => song < songs / 3 + 3);
  const from = kind === "near" ? others : leaders;
  return [...kept, ...draw(random, from.map(() => 1), BALLOT - kept.length).map((i) => from[i]!)];
}

type Who = Pick<SimulatedFan, "userId" | "network" | "young" | "delay" | "bot">;

function fan(who: Who, start: number, chosen: number[], gap: () => number): SimulatedFan {
  let at = start;
  const votes = chosen.map((song) => {
    const castAt = Math.round(at);
    at += gap();
    return { setlistSongId: song, castAt };
  });
  return { ...who, firstCastAt: start, held: false, votes };
}

/** What the job would read of some fans: the newest accounts, and the crowd they are part of. */
export function seenByJob(fans: readonly SimulatedFan[], songs: number): { suspects: SimulatedFan[]; crowd: Crowd } {
  const suspects = [...fans].sort((a, b) => b.userId - a.userId).slice(0, POOL);
  const votes = new Array<number>(songs).fill(0);
  const networks = new Map<string, Ages>();
  for (const one of fans) {
    for (const { setlistSongId } of one.votes) votes[setlistSongId]! += 1;
    const ages = networks.get(one.network!) ?? { fans: 0, young: 0 };
    networks.set(one.network!, { fans: ages.fans + 1, young: ages.young + Number(one.young) });
  }
  return {
    suspects,
    crowd: {
      fans: fans.length,
      young: fans.filter((one) => one.young).length,
      networks,
      songs: votes.map((n, i) => ({ setlistSongId: i, position: i + 1, votes: n })),
    },
  };
}
