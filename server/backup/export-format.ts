import * as z from "zod";
import type { StoredRow } from "#db/queries/dump.ts";
import { BackupError } from "./errors.ts";
import { schemaPart } from "./manifest.ts";

const header = z.object({
  theset: z.literal("export"),
  format: z.literal(1),
  program: z.string(),
  madeAt: z.iso.datetime(),
  schema: schemaPart,
  /** Whether hashes of passwords and tokens, sessions and keys are in it. */
  secrets: z.boolean(),
});
const end = z.object({ end: z.literal(true), rows: z.record(z.string(), z.int().min(0)), sha256: z.hash("sha256") });

/** The first line of an export. */
export type ExportHeader = z.infer<typeof header>;
export interface RowLine {
  table: string;
  row: StoredRow;
}
/** The last line: rows of each table, and a hash of all lines before. */
export type ExportEnd = z.infer<typeof end>;
export type Line = ExportHeader | RowLine | ExportEnd;

/** Tables of nothing but secrets. */
const SECRET_TABLES = ["sessions", "api_tokens"];
/** Settings that are no secret. */
const OPEN_SETTINGS = ["demo", "storage_probed_at"];

/** A row as an export without secrets has it; null where it is left out. */
export function withoutSecrets(table: string, row: StoredRow): StoredRow | null {
  if (SECRET_TABLES.includes(table)) return null;
  if (table === "settings") return OPEN_SETTINGS.includes(String(row["key"])) ? row : null;
  return table === "users" ? { ...row, password_hash: null } : row;
}

/** Throws `BackupError` with the line's number for what is no line of an export. */
export function parseLine(text: string, number: number): Line {
  const value = jsonOf(text);
  if (number > 1 && isRowLine(value)) return value;
  const parsed = number === 1 ? header.safeParse(value) : end.safeParse(value);
  if (parsed.success) return parsed.data;
  if (number === 1) throw new BackupError("This is no export that this program can read: its first line is not that of one. Nothing was changed.");
  throw new BackupError(`Line ${number} is not one of an export: the file is damaged, or was changed. Nothing was changed.`);
}

/** By hand: there are millions of them, and a schema takes a third of an import's time. */
function isRowLine(value: unknown): value is RowLine {
  if (typeof value !== "object" || value === null || !("table" in value && "row" in value)) return false;
  const { table, row } = value;
  if (typeof table !== "string" || typeof row !== "object" || row === null || Array.isArray(row)) return false;
  return Object.values(row).every((cell) => cell === null || typeof cell === "string" || Number.isFinite(cell));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
