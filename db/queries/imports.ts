import { and, asc, desc, eq, inArray, lt, notInArray } from "drizzle-orm";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Queryable, Transaction } from "../client.ts";
import { appendEvents } from "./events.ts";
import { artistIdentities, artists, importAskers, imports, jobs, type ImportCounts, type ImportList, type ImportProblem } from "../schema/index.ts";

export type { ImportCounts, ImportList, ImportProblem } from "../schema/index.ts";
export type ImportPhase = (typeof imports.$inferSelect)["phase"];

const OVER: ImportPhase[] = ["done", "failed", "cancelled"];
const OPEN: ImportPhase[] = ["initializing", "identities", "songs", "shows", "setlists", "ballots"];
const NOTHING: ImportCounts = {
  songs: { read: 0, of: null },
  albums: { read: 0, of: null },
  shows: { read: 0, of: null },
  setlists: { read: 0, of: null },
  refused: {},
};

/** An import that begins with its job; its id. One job has one import. */
export async function insertImport(
  tx: Transaction,
  added: { jobId: number; name: string; requestedBy: number | null; artistId: number | null },
  now: number,
): Promise<number> {
  await tx
    .insert(imports)
    .values({ ...added, phase: "initializing", phaseStartedAt: now, counts: NOTHING, createdAt: now })
    .onConflictDoNothing({ target: imports.jobId });
  const [row] = await tx.select({ id: imports.id }).from(imports).where(eq(imports.jobId, added.jobId));
  await announce(tx, row!.id, now);
  return row!.id;
}

const columns = {
  id: imports.id,
  jobId: imports.jobId,
  name: imports.name,
  phase: imports.phase,
  phaseStartedAt: imports.phaseStartedAt,
  counts: imports.counts,
  problem: imports.problem,
  requestedBy: imports.requestedBy,
  createdAt: imports.createdAt,
  finishedAt: imports.finishedAt,
  artistId: imports.artistId,
  artistSlug: artists.slug,
  /** This and what follows: null where the job was removed, long after its end. */
  jobState: jobs.state,
  runAt: jobs.runAt,
  attempts: jobs.attempts,
  delays: jobs.delays,
  error: jobs.error,
};

function selected(db: Queryable) {
  return db.select(columns).from(imports).leftJoin(artists, eq(artists.id, imports.artistId)).leftJoin(jobs, eq(jobs.id, imports.jobId));
}

export type ImportRow = Awaited<ReturnType<typeof importById>> & object;

export async function importById(db: Queryable, id: number) {
  const [row] = await selected(db).where(eq(imports.id, id));
  return row ?? null;
}

/** The artist of an exact folded name, or of an id at a provider, that a provider knows; null where none is here. */
export async function artistHere(db: Queryable, who: { searchName: string } | { provider: Provider; id: string }) {
  const known = and(
    eq(artistIdentities.artistId, artists.id),
    inArray(artistIdentities.status, ["automatic", "approved"]),
    "id" in who ? and(eq(artistIdentities.provider, who.provider), eq(artistIdentities.providerId, who.id)) : undefined,
  );
  const [row] = await db
    .select({ name: artists.name, slug: artists.slug })
    .from(artists)
    .innerJoin(artistIdentities, known)
    .where("id" in who ? undefined : eq(artists.searchName, who.searchName))
    .limit(1);
  return row ?? null;
}

export async function importByJob(db: Queryable, jobId: number) {
  const [row] = await selected(db).where(eq(imports.jobId, jobId));
  return row ?? null;
}

/** Imports under way or waiting, oldest first. */
export function openImports(db: Queryable, limit: number) {
  return selected(db).where(inArray(imports.phase, OPEN)).orderBy(asc(imports.id)).limit(limit);
}

/** Imports that ended in some way, latest first. */
export function endedImports(db: Queryable, phases: ImportPhase[], limit: number) {
  return selected(db).where(inArray(imports.phase, phases)).orderBy(desc(imports.id)).limit(limit);
}

/** How many imports of a fan are not over. */
export async function openImportsAskedBy(db: Queryable, userId: number): Promise<number> {
  const rows = await db.select({ id: imports.id }).from(imports).where(and(eq(imports.requestedBy, userId), notInArray(imports.phase, OVER)));
  return rows.length;
}

/** What one fan has asked for, alone or with others, latest first. */
export function importsAskedBy(db: Queryable, userId: number, limit: number) {
  return selected(db)
    .innerJoin(importAskers, and(eq(importAskers.importId, imports.id), eq(importAskers.userId, userId)))
    .orderBy(desc(importAskers.importId))
    .limit(limit);
}

/** Notes that a fan has asked for an import. */
export async function addAsker(tx: Transaction, importId: number, userId: number): Promise<void> {
  await tx.insert(importAskers).values({ importId, userId }).onConflictDoNothing();
}

/** The fans who have asked for an import. */
export async function askersOf(db: Queryable, importId: number): Promise<Set<number>> {
  const rows = await db.select({ userId: importAskers.userId }).from(importAskers).where(eq(importAskers.importId, importId));
  return new Set(rows.map(({ userId }) => userId));
}

export type ImportChange = Partial<Pick<typeof imports.$inferInsert, "name" | "artistId" | "phase" | "counts" | "problem">>;

/** Changes the import of a job, which those who watch it hear of; none where the job is no import. */
export async function changeImport(tx: Transaction, jobId: number, change: ImportChange, now: number): Promise<void> {
  const before = await standing(tx, jobId);
  if (before) await changeFrom(tx, before, change, now);
}

type Standing = Pick<ImportRow, "id" | "phase" | "counts">;

/** What changes from step to step: an import has thousands of steps. */
async function standing(tx: Transaction, jobId: number): Promise<Standing | null> {
  const [row] = await tx.select({ id: imports.id, phase: imports.phase, counts: imports.counts }).from(imports).where(eq(imports.jobId, jobId));
  return row ?? null;
}

async function changeFrom(tx: Transaction, before: Standing, change: ImportChange, now: number): Promise<void> {
  const moved = change.phase !== undefined && change.phase !== before.phase;
  const over = change.phase !== undefined && OVER.includes(change.phase);
  const times = { ...(moved && { phaseStartedAt: now }), ...(over && { finishedAt: now }) };
  await tx.update(imports).set({ ...change, ...times }).where(eq(imports.id, before.id));
  await announce(tx, before.id, now);
}

export interface ImportProgress {
  phase?: ImportPhase;
  came?: { list: ImportList; read: number; more: number };
  refused?: Record<string, number>;
}

/** Adds what a step brought to the figures of its import. */
export async function saveProgress(tx: Transaction, jobId: number, { phase, came, refused = {} }: ImportProgress, now: number): Promise<void> {
  const found = await standing(tx, jobId);
  if (!found) return;
  const counts = structuredClone(found.counts);
  if (came) {
    const count = counts[came.list];
    counts[came.list] = { read: count.read + came.read, of: (count.of ?? 0) + came.more };
  }
  for (const [reason, n] of Object.entries(refused)) counts.refused[reason] = (counts.refused[reason] ?? 0) + n;
  // A phase begins with what its first step has brought: the time that took was before.
  if (phase && phase !== found.phase) counts.before = recordsIn(counts);
  await changeFrom(tx, found, { counts, ...(phase && { phase }) }, now);
}

function recordsIn({ songs, albums, shows, setlists }: ImportCounts): number {
  return songs.read + albums.read + shows.read + setlists.read;
}

export async function failImportOf(tx: Transaction, jobId: number, problem: ImportProblem, now: number): Promise<void> {
  const told = (await importByJob(tx, jobId))?.problem;
  // What was told of it before says more, such as who could be meant.
  await endOpen(tx, jobId, { phase: "failed", problem: told?.reason === problem.reason ? told : problem }, now);
}

export function cancelImportOf(tx: Transaction, jobId: number, now: number): Promise<void> {
  return endOpen(tx, jobId, { phase: "cancelled" }, now);
}

/** One that has ended goes on. */
export async function reviveImportOf(tx: Transaction, jobId: number, now: number): Promise<void> {
  const { rowsAffected } = await tx
    .update(imports)
    .set({ phase: "initializing", phaseStartedAt: now, problem: null, finishedAt: null })
    .where(and(eq(imports.jobId, jobId), inArray(imports.phase, ["failed", "cancelled"])));
  const found = rowsAffected > 0 ? await importByJob(tx, jobId) : null;
  if (found) await announce(tx, found.id, now);
}

async function endOpen(tx: Transaction, jobId: number, change: ImportChange, now: number): Promise<void> {
  const found = await standing(tx, jobId);
  if (found && !OVER.includes(found.phase)) await changeFrom(tx, found, change, now);
}

/** Says that the job of an import stands differently; nothing where the job is no import. */
export async function announceImportOf(tx: Transaction, jobId: number, now: number): Promise<void> {
  const [found] = await tx.select({ id: imports.id }).from(imports).where(eq(imports.jobId, jobId));
  if (found) await announce(tx, found.id, now);
}

function announce(tx: Transaction, importId: number, now: number): Promise<void> {
  return appendEvents(tx, now, [{ kind: "import.changed", showId: null, payload: { importId } }]);
}

export async function deleteOldImports(tx: Transaction, before: number, limit: number): Promise<number> {
  const old = tx.select({ id: imports.id }).from(imports).where(and(inArray(imports.phase, OVER), lt(imports.finishedAt, before))).limit(limit);
  const { rowsAffected } = await tx.delete(imports).where(inArray(imports.id, old));
  return rowsAffected;
}
