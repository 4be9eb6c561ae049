import { titleKey } from "../catalogue/title-key.ts";
import type { ProviderId } from "../provider-records.ts";
import { compareTitles, readTitleSide } from "./compare-titles.ts";
import { compareNames } from "./compare-names.ts";
import { readCredit } from "./credits.ts";
import { score, weigh, type Evidence, type Score } from "./evidence.ts";

export interface SongSide {
  title: string;
  /** Who it is by, as credited; left out where it is known to be one artist. */
  artist?: string | null;
  durationMs?: number | null;
  isrcs?: string[];
  /** Of the songs themselves, such as works of MusicBrainz: equal ones are one song. */
  workIds?: ProviderId[];
}

const NOTHING = 0.02;
const STATED = 0.99;
const RECORDED = 0.97;
const OTHER_ARTIST = -4;
const FAR_APART_S = 90;

/** Whether two titles are one song, whatever recordings of it they name: works and recordings before titles before lengths. */
export function scoreSongs(a: SongSide, b: SongSide): Score {
  const title = titleEvidence(a, b);
  const context = [...artists(a, b), ...lengths(a, b)];
  const stated = statedIds(a, b);
  const weighed = context.reduce((confidence, { weight }) => weigh(confidence, weight), title.confidence);
  const confidence = title.empty ? 0 : Math.max(weighed, ...stated.map(({ confidence }) => confidence));
  return score(confidence, [...stated.map(({ evidence }) => evidence), title.evidence, ...context.map(({ evidence }) => evidence)]);
}

function titleEvidence(a: SongSide, b: SongSide): { confidence: number; evidence: Evidence; empty: boolean } {
  const found = compareTitles(readTitleSide(a.title), readTitleSide(b.title));
  const empty = titleKey(a.title) === "" || titleKey(b.title) === "";
  const confidence = empty ? 0 : (found?.confidence ?? NOTHING);
  const evidence: Evidence = { kind: "title", way: empty ? "none" : (found?.way ?? "none"), a: a.title, b: b.title, confidence: found && !empty ? found.confidence : 0 };
  return { confidence, evidence, empty };
}

function statedIds(a: SongSide, b: SongSide): { confidence: number; evidence: Evidence }[] {
  const works = (a.workIds ?? []).filter((work) => b.workIds?.some(({ provider, id }) => provider === work.provider && id === work.id));
  const recordings = (a.isrcs ?? []).filter((isrc) => b.isrcs?.includes(isrc));
  return [
    ...works.map(({ provider, id }) => ({ confidence: STATED, evidence: { kind: "stated_id", provider, id } as const })),
    ...recordings.map((isrc) => ({ confidence: RECORDED, evidence: { kind: "recording", isrc } as const })),
  ];
}

interface Context {
  weight: number;
  evidence: Evidence;
}

function artists({ artist: a }: SongSide, { artist: b }: SongSide): Context[] {
  if (!a || !b) return [];
  const found = compareNames(readCredit(a), readCredit(b));
  return [{ weight: found ? 0 : OTHER_ARTIST, evidence: { kind: "artist", confidence: found?.confidence ?? 0 } }];
}

/** Recordings of one song differ in length; only what is far apart says a little. */
function lengths({ durationMs: a }: SongSide, { durationMs: b }: SongSide): Context[] {
  if (!a || !b) return [];
  const secondsApart = Math.round(Math.abs(a - b) / 1_000);
  return [{ weight: secondsApart > FAR_APART_S ? -0.5 : 0, evidence: { kind: "duration", secondsApart } }];
}
