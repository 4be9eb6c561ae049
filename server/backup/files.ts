import { createHash } from "node:crypto";
import { chownSync, closeSync, fsyncSync, openSync, statSync } from "node:fs";
import { open, statfs } from "node:fs/promises";
import { dirname } from "node:path";

/** Bytes of a file that are in memory at once. */
const PIECE = 256 * 1024;

/** A file from its start to its end; each piece is overwritten by the next. */
export async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  await using file = await open(path);
  const buffer = Buffer.allocUnsafeSlow(PIECE);
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, PIECE, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

/** SHA-256 of a file in hex, read piece by piece; `onBytes` hears how much of it was read. */
export async function hashOf(path: string, { signal, onBytes = () => {} }: { signal?: AbortSignal; onBytes?: (read: number) => void } = {}): Promise<string> {
  const hash = createHash("sha256");
  let read = 0;
  for await (const piece of piecesOf(path)) {
    signal?.throwIfAborted();
    hash.update(piece);
    onBytes((read += piece.length));
  }
  return hash.digest("hex");
}

/** Waits until a file, or a folder's list of names, is on the disk. */
export function sync(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Bytes that this process may still write where a file or folder is. */
export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** What root writes belongs to whoever owns the folder, so that the server can work with it. */
export function ownAsFolder(path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(dirname(path));
  chownSync(path, uid, gid);
}

/** Whether the path leads to something. */
export function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // A file where a folder should be.
    if (systemCode(error) === "ENOTDIR") return false;
    throw error;
  }
}

/** The code of a failed call to the system, such as ENOSPC. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
