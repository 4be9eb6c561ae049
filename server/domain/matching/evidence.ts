import type { Provider, ProviderId } from "../provider-records.ts";
import type { NameWay } from "./compare-names.ts";
import type { TitleWay } from "./compare-titles.ts";

/** One thing that speaks for or against two records being the same, with its figures. */
export type Evidence =
  /** Both are known by this id: one provider states it of another's, or both have it. */
  | { kind: "stated_id"; provider: Provider; id: string }
  /** One provider has two ids for them. */
  | { kind: "other_id"; provider: Provider; a: string; b: string }
  | { kind: "name"; way: NameWay | "same_place_words" | "shared_words" | "none"; a: string; b: string; confidence: number }
  /** A name of one word, which many may have. */
  | { kind: "one_word"; word: string }
  | { kind: "title"; way: TitleWay | "none"; a: string; b: string; confidence: number }
  | { kind: "country"; a: string; b: string; same: boolean }
  | { kind: "city"; a: string; b: string; same: boolean }
  | { kind: "genres"; shared: string[]; a: number; b: number }
  /** Titles that both have, of how many each has. */
  | { kind: "songs"; shared: number; a: number; b: number }
  | { kind: "distance"; km: number }
  | { kind: "date"; a: string | null; b: string | null; same: boolean }
  | { kind: "start"; minutesApart: number }
  | { kind: "artist"; confidence: number }
  | { kind: "venue"; confidence: number }
  | { kind: "recording"; isrc: string }
  | { kind: "duration"; secondsApart: number }
  /** How many others fit as well. */
  | { kind: "rivals"; count: number };

export type Verdict = "automatic" | "review" | "none";

export interface Score {
  /** 0 to 1. */
  confidence: number;
  evidence: Evidence[];
  verdict: Verdict;
}

export const AUTOMATIC_FROM = 0.95;
export const REVIEW_FROM = 0.6;

export function verdictOf(confidence: number): Verdict {
  if (confidence >= AUTOMATIC_FROM) return "automatic";
  return confidence >= REVIEW_FROM ? "review" : "none";
}

export function score(confidence: number, evidence: Evidence[]): Score {
  const rounded = Math.round(confidence * 1e6) / 1e6;
  return { confidence: rounded, evidence, verdict: verdictOf(rounded) };
}

/** Just below what is joined at once. */
const CONTESTED = AUTOMATIC_FROM - 0.01;

/** A score against which something speaks that a person has to weigh: for review at most. */
export function contested({ confidence, evidence }: Score, against: Evidence[]): Score {
  return score(Math.min(confidence, CONTESTED), [...evidence, ...against]);
}

/** Moves a confidence between 0 and 1 by a weight in log-odds: +0.7 doubles the odds, −0.7 halves them. */
export function weigh(confidence: number, weight: number): number {
  return 1 / (1 + ((1 - confidence) / confidence) * Math.exp(-weight));
}

export interface IdsWeighed {
  stated: Evidence[];
  /** Providers that have two ids for the two. */
  apart: Extract<Evidence, { kind: "other_id" }>[];
}

/** Compares the ids by which two records are known, their own and those stated of them. */
export function weighIds(a: ProviderId[], b: ProviderId[]): IdsWeighed {
  const shared = a.filter((id) => b.some((other) => sameId(id, other)));
  const stated = unique(shared).map(({ provider, id }): Evidence => ({ kind: "stated_id", provider, id }));
  const open = (ids: ProviderId[]) => ids.filter(({ provider }) => !shared.some((id) => id.provider === provider));
  const apart = unique(open(a)).flatMap((id) => {
    const other = b.find(({ provider }) => provider === id.provider);
    return other ? [{ kind: "other_id", provider: id.provider, a: id.id, b: other.id } as const] : [];
  });
  return { stated, apart };
}

function sameId(a: ProviderId, b: ProviderId): boolean {
  return a.provider === b.provider && a.id === b.id;
}

function unique(ids: ProviderId[]): ProviderId[] {
  return ids.filter((id, at) => ids.findIndex((other) => sameId(id, other)) === at);
}

/** What a provider states: at once, unless another one keeps the two apart. */
const STATED = 0.99;
const STATED_AND_APART = 0.9;
/** These keep two of one name apart with care; the others have many duplicates. */
const CAREFUL = new Set<Provider>(["musicbrainz", "setlistfm"]);
const APART_CAREFUL = 0.5;
const APART = 0.85;

/** The confidence once ids have spoken, from what names and context give. A further stated id never lowers it. */
export function afterIds(confidence: number, { stated, apart }: IdsWeighed): number {
  if (stated.length > 0) return Math.max(apart.length > 0 ? STATED_AND_APART : STATED, apart.length > 0 ? Math.min(confidence, STATED_AND_APART) : confidence);
  if (apart.some(({ provider }) => CAREFUL.has(provider))) return Math.min(confidence, APART_CAREFUL);
  return apart.length > 0 ? Math.min(confidence, APART) : confidence;
}
