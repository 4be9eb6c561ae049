import { artistHere, askersOf, endedImports, importById, importsAskedBy, openImports, type ImportPhase, type ImportRow } from "#db/queries/imports.ts";
import type { ImportTarget } from "#jobs/definitions.ts";
import { notFound } from "../domain/errors.ts";
import { fold } from "../domain/fold.ts";
import { checkWatcher, progressOf, type ImportProgress, type Watcher } from "./import-progress.ts";
import type { Reader } from "./reader.ts";

/** Imports that one list shows. */
const SHOWN = 50;

/** An import as an admin sees it. */
export interface ListedImport extends ImportProgress {
  jobId: number;
  /** Failures and waits since it last got on. */
  attempts: number;
  delays: number;
  /** What its job says of it, in the words of whoever wrote the program. */
  error: string | null;
}

export interface ImportLists {
  active: ListedImport[];
  queued: ListedImport[];
  finished: ListedImport[];
  /** With those that were cancelled. */
  failed: ListedImport[];
}

/** Imports under way and waiting, oldest first, and what ended lately, latest first; at most 50 of each. */
export async function importLists(reader: Reader, now: number): Promise<ImportLists> {
  const listed = (rows: ImportRow[]) => rows.map((row) => listedImport(row, now));
  const ended = async (...phases: ImportPhase[]) => listed(await endedImports(reader, phases, SHOWN));
  const open = listed(await openImports(reader, 2 * SHOWN));
  return {
    active: open.filter(({ state }) => state !== "queued").slice(0, SHOWN),
    queued: open.filter(({ state }) => state === "queued").slice(0, SHOWN),
    finished: await ended("done"),
    failed: await ended("failed", "cancelled"),
  };
}

function listedImport(row: ImportRow, now: number): ListedImport {
  const { jobId, attempts, delays, error, problem } = row;
  return { ...progressOf(row, now), jobId, attempts: attempts ?? 0, delays: delays ?? 0, error: error ?? problem?.message ?? null };
}

/** What a fan has asked for, latest first; at most 50. */
export async function myImports(reader: Reader, userId: number, now: number): Promise<ImportProgress[]> {
  return (await importsAskedBy(reader, userId, SHOWN)).map((row) => progressOf(row, now));
}

export interface ImportPage extends ImportProgress {
  /** Whether the viewer may cancel it: an admin, or the only one who has asked for it. */
  cancellable: boolean;
}

/** One import for whoever asked for it, or an admin. Throws `not_found`. */
export async function importPage(reader: Reader, id: number, watcher: Watcher, now: number): Promise<ImportPage> {
  await checkWatcher(reader, id, watcher);
  const row = await importById(reader, id);
  if (!row) throw notFound("import");
  const progress = progressOf(row, now);
  const alone = watcher.all || (await askersOf(reader, id)).size === 1;
  return { ...progress, cancellable: progress.state !== "over" && alone };
}

/** The artist that is asked for, where it is here already; null where it is not. */
export function readArtistHere(reader: Reader, target: ImportTarget): Promise<{ name: string; slug: string } | null> {
  return artistHere(reader, "id" in target ? target : { searchName: fold(target.name) });
}
