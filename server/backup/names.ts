/** A backup's two files, by the name they share. */
export interface BackupName {
  /** Without its ending, such as "theset-20261121-041700" or "theset-20261121-041700-before-0002". */
  base: string;
  /** Number of the first migration that had not been applied, where it was made for an upgrade. */
  before: number | null;
}

const FORM = /^theset-\d{8}-\d{6}(?:-before-(\d{4}))?$/;
const PARTIAL = ".partial";

/** The name of a backup made at an instant (epoch ms, told in UTC to the second). Names sort by time. */
export function nameOf(at: number, before: number | null = null): BackupName {
  const [day = "", time = ""] = new Date(at).toISOString().split("T");
  const stamp = `${day.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}`;
  const suffix = before === null ? "" : `-before-${String(before).padStart(4, "0")}`;
  return { base: `theset-${stamp}${suffix}`, before };
}

/** Null for what no backup of ours is called. */
export function parseName(base: string): BackupName | null {
  const match = FORM.exec(base);
  if (match === null) return null;
  return { base, before: match[1] === undefined ? null : Number(match[1]) };
}

export function dataFile(base: string): string {
  return `${base}.db`;
}

export function manifestFile(base: string): string {
  return `${base}.json`;
}

/** What a file is called until it is whole. */
export function partialFile(file: string): string {
  return `${file}${PARTIAL}`;
}

/** What the names of a folder or store have of backups. */
export interface FoundFiles {
  data: boolean;
  manifest: boolean;
}

/** The backups among names, the newest first. */
export function backupsAmong(names: readonly string[]): (BackupName & FoundFiles)[] {
  const known = new Set(names);
  const bases = new Set(names.map((name) => name.replace(/\.(db|json)$/, "")));
  return [...bases]
    .map(parseName)
    .filter((name) => name !== null)
    .map((name) => ({ ...name, data: known.has(dataFile(name.base)), manifest: known.has(manifestFile(name.base)) }))
    .filter(({ data, manifest }) => data || manifest)
    .sort((a, b) => (a.base < b.base ? 1 : -1));
}

/** Whether a file was left by a backup that did not get to its end; SQLite's journal of it is one too. */
export function isPartial(file: string): boolean {
  const [, base] = /^(.*)\.(?:db|json)\.partial(?:-journal)?$/.exec(file) ?? [];
  return base !== undefined && parseName(base) !== null;
}
