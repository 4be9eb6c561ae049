import { compareTitles, readTitleSide, type TitleSide } from "./compare-titles.ts";
import type { Evidence } from "./evidence.ts";
import { scoreSongs, type SongSide } from "./score-songs.ts";

/** A song of an artist, by our id. */
export interface SongToCompare {
  id: number;
  title: string;
  /** Of its recordings. */
  isrcs: string[];
}

/** Two songs of one artist that are, or may be, the same; `a` is the smaller id. */
export interface AlikeSongs {
  a: number;
  b: number;
  /** 0 to 1. */
  confidence: number;
  evidence: Evidence[];
  verdict: "automatic" | "review";
}

/** What many songs of one artist share tells nothing: the work stays bounded however many there are. */
const MOST_SHARING = 30;
/** Songs that are compared between two pauses. */
const SLICE = 250;

interface Read {
  song: SongToCompare;
  title: TitleSide;
}

/** Pairs of an artist's songs that are alike, some at a time; each pair once, and the same ones in whatever order songs come. */
export function* alikeSongs(songs: SongToCompare[]): Generator<AlikeSongs[]> {
  const read: Read[] = [];
  const sharing = new Map<string, Read[]>();
  for (const [at, song] of songs.entries()) {
    const one = { song, title: readTitleSide(song.title) };
    read.push(one);
    for (const key of keysOf(one)) sharing.set(key, [...(sharing.get(key) ?? []), one].slice(0, MOST_SHARING + 1));
    if (at % SLICE === SLICE - 1) yield [];
  }
  for (let i = 0; i < read.length; i += SLICE) yield read.slice(i, i + SLICE).flatMap((one) => pairsOf(one, sharing));
}

function pairsOf(one: Read, sharing: Map<string, Read[]>): AlikeSongs[] {
  const groups = keysOf(one).map((key) => sharing.get(key) ?? []);
  const others = new Set(groups.filter(({ length }) => length <= MOST_SHARING).flat().filter(({ song }) => song.id > one.song.id));
  return [...others].flatMap((other) => {
    if (!sharesRecording(one.song, other.song) && compareTitles(one.title, other.title) === null) return [];
    const { confidence, evidence, verdict } = scoreSongs(sideOf(one.song), sideOf(other.song));
    return verdict === "none" ? [] : [{ a: one.song.id, b: other.song.id, confidence, evidence, verdict: asked(evidence) ? "review" : verdict }];
  });
}

/** Titles alone join no two songs: those that the rules of the catalogue keep apart are for a person to look at. */
function asked(evidence: Evidence[]): boolean {
  return !evidence.some(({ kind }) => kind === "recording" || kind === "stated_id");
}

function sharesRecording(a: SongToCompare, b: SongToCompare): boolean {
  return a.isrcs.some((isrc) => b.isrcs.includes(isrc));
}

function sideOf({ title, isrcs }: SongToCompare): SongSide {
  return { title, isrcs };
}

const SHORTEST_TYPED = 8;
const SHORTEST_TWICE_TYPED = 12;
const OPENING = 3;

function keysOf({ song: { isrcs }, title }: Read): string[] {
  return [...titleBlocks(title), ...new Set(isrcs.map((isrc) => `recorded ${isrc}`))];
}

/** Two titles that `compareTitles` finds alike share a key, but for a few with two typing errors far apart. */
export function titleBlocks({ keys, telling, words }: TitleSide): string[] {
  const opening = words.length >= OPENING ? [`opens ${words.slice(0, OPENING).join(" ")}`] : [];
  return [...new Set([...keys.map((key) => `is ${key}`), ...telling.map((text) => `tells ${text}`), ...opening, ...typed(keys[0]!)])];
}

/** A wrong letter leaves one half as it is, two mostly a third. */
function typed(key: string): string[] {
  if (key.length < SHORTEST_TYPED - 1) return [];
  const [parts, errors] = key.length < SHORTEST_TWICE_TYPED ? [2, 1] : [3, 2];
  const lengths = new Set(Array.from({ length: errors + 1 }, (_, less) => Math.floor((key.length - less) / parts)));
  return [...lengths].flatMap((length) => [`begins ${key.slice(0, length)}`, `ends ${key.slice(-length)}`]);
}
