import { lastEventSeq } from "#db/queries/events.ts";
import { askersOf, importById, type ImportCounts, type ImportList, type ImportPhase, type ImportProblem, type ImportRow } from "#db/queries/imports.ts";
import { notFound } from "../domain/errors.ts";
import { paceOf, type Pace } from "../domain/import-pace.ts";
import { iso } from "../domain/instant.ts";
import type { Reader } from "./reader.ts";

/** Where an import stands, as whoever asked for it sees it. Instants are ISO. */
export interface ImportProgress extends Pace {
  id: number;
  name: string;
  /** The artist's slug; null until it is known who is meant. */
  artist: string | null;
  phase: ImportPhase;
  /** Queued: nobody has taken it up yet; waiting: put off, for now. */
  state: "queued" | "running" | "waiting" | "over";
  /** Until when it is put off, and why where a provider has said so. */
  waiting: { until: string; why: string | null } | null;
  counts: Omit<ImportCounts, "before">;
  problem: ImportProblem | null;
  askedAt: string;
  phaseStartedAt: string;
  finishedAt: string | null;
}

const READS: Partial<Record<ImportPhase, readonly ImportList[]>> = { songs: ["songs", "albums"], shows: ["shows"], setlists: ["setlists"] };

/** Reasons whose messages were written for programmers. */
const UNFORESEEN = ["failed", "lost"];
const UNFORESEEN_WORDS = "Something went wrong while this artist came in. Whoever runs this site can see what, and try again.";

/** An import as its page and its stream show it; `now` is epoch ms. */
export function progressOf(row: ImportRow, now: number): ImportProgress {
  const { before = 0, ...counts } = row.counts;
  const state = stateOf(row);
  const { songs, albums, shows, setlists } = counts;
  const came = songs.read + albums.read + shows.read + setlists.read - before;
  const lists = (READS[row.phase] ?? []).map((list) => counts[list]);
  const pace = state === "running" ? paceOf({ lists, came: lists.length > 0 ? came : 0, sinceMs: now - row.phaseStartedAt }) : STILL;
  return {
    id: row.id,
    name: row.name,
    artist: row.artistSlug,
    phase: row.phase,
    state,
    waiting: state === "waiting" ? { until: iso(row.runAt ?? now), why: (row.delays ?? 0) > 0 ? row.error : null } : null,
    counts,
    ...pace,
    problem: row.problem && safe(row.problem),
    askedAt: iso(row.createdAt),
    phaseStartedAt: iso(row.phaseStartedAt),
    finishedAt: row.finishedAt === null ? null : iso(row.finishedAt),
  };
}

const STILL: Pace = { rate: null, secondsLeft: null };

function stateOf({ finishedAt, jobState, delays, attempts }: ImportRow): ImportProgress["state"] {
  if (finishedAt !== null) return "over";
  if (jobState !== "queued") return "running";
  return (delays ?? 0) > 0 || (attempts ?? 0) > 0 ? "waiting" : "queued";
}

function safe(problem: ImportProblem): ImportProblem {
  return UNFORESEEN.includes(problem.reason) ? { ...problem, message: UNFORESEEN_WORDS } : problem;
}

/** Who may watch an import, beside those who may see them all. */
export interface Watcher {
  userId: number;
  /** Whether every import is theirs to see. */
  all: boolean;
}

/** Checks that somebody may watch an import. Throws `not_found` also for one that somebody else has asked for. */
export async function checkWatcher(reader: Reader, id: number, { userId, all }: Watcher): Promise<void> {
  const seen = all ? (await importById(reader, id)) !== null : (await askersOf(reader, id)).has(userId);
  if (!seen) throw notFound("import");
}

export interface WatchedImport {
  /** Rises with each change: the outbox's last number, read before the rest. */
  id: number;
  over: boolean;
  progress: ImportProgress;
}

/** An import as its watchers get it; null where it is gone. */
export async function watchedImport(reader: Reader, importId: number, now: number): Promise<WatchedImport | null> {
  const id = await lastEventSeq(reader);
  const row = await importById(reader, importId);
  if (!row) return null;
  const progress = progressOf(row, now);
  return { id, over: progress.state === "over", progress };
}
