import { createHash } from "node:crypto";
import * as z from "zod";
import type { Migration } from "#db/migrate.ts";
import { BackupError } from "./errors.ts";

export const schemaPart = z.object({
  /** How many migrations made it. */
  migrations: z.int().min(0),
  /** SHA-256 over their hashes. */
  hash: z.hash("sha256"),
});

const manifest = z.object({
  theset: z.literal("backup"),
  format: z.literal(1),
  /** The version that made it. */
  program: z.string(),
  madeAt: z.iso.datetime(),
  file: z.string(),
  bytes: z.int().min(0),
  sha256: z.hash("sha256"),
  schema: schemaPart,
  /** Rows of each table. */
  rows: z.record(z.string(), z.int().min(0)),
  /** Counters that did not agree with the votes; null where an older schema's were not counted again. */
  miscounts: z.int().min(0).nullable(),
});

/** What is written beside a backup. */
export type Manifest = z.infer<typeof manifest>;
export type SchemaMark = z.infer<typeof schemaPart>;

/** Throws `BackupError` for what is no manifest of a format that this program knows. */
export function parseManifest(text: string, from: string): Manifest {
  const parsed = manifest.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new BackupError(`${from} is not a manifest that this program can read. Restore another backup, or use a newer TheSet.`);
}

export function manifestText(value: Manifest): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Tells one schema from another by the hashes of its migrations. */
export function markOf(hashes: readonly string[]): SchemaMark {
  return { migrations: hashes.length, hash: createHash("sha256").update(hashes.join("\n")).digest("hex") };
}

/** How a schema stands to this program's: its own, an earlier one, a later one, or one of another build. */
export type Standing = "same" | "older" | "newer" | "other";

export function standingOf(mark: SchemaMark, known: readonly Pick<Migration, "hash">[]): Standing {
  if (mark.migrations > known.length) return "newer";
  const own = markOf(known.slice(0, mark.migrations).map(({ hash }) => hash));
  if (own.hash !== mark.hash) return "other";
  return mark.migrations === known.length ? "same" : "older";
}

/** Throws `BackupError` where this program can't work with a schema. `what` is what has it, such as a file's name. */
export function requireKnown(mark: SchemaMark, known: readonly Pick<Migration, "hash">[], { what, program }: { what: string; program: string }): void {
  const standing = standingOf(mark, known);
  if (standing === "newer") {
    throw new BackupError(`${what} was made by a newer TheSet (${program}) than this one. Use that version or a later one.`);
  }
  if (standing === "other") {
    throw new BackupError(`${what} was made by another build of TheSet (${program}), whose database is built differently. Use that build.`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
