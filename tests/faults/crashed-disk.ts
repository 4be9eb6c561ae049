import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Step } from "./write-trace.ts";

type Change = Exclude<Step, { kind: "sync" | "answer" }>;

/** What a disk may do with writes that were not synced when the power went: drop all, keep all, or keep some sectors. */
export type Tail = "dropped" | "kept" | "torn";
export const TAILS: Tail[] = ["dropped", "kept", "torn"];

const SECTOR = 512;

interface Contents {
  bytes: Buffer;
  size: number;
}

/** Files as a disk holds them: what was synced for sure, and what came after it. */
export class CrashedDisk {
  readonly #durable = new Map<string, Contents>();
  #unsynced: Change[] = [];
  readonly #random: () => number;

  constructor(files: Record<string, Buffer>, random: () => number) {
    for (const [file, bytes] of Object.entries(files)) this.#durable.set(file, { bytes, size: bytes.length });
    this.#random = random;
  }

  change(change: Change): void {
    this.#unsynced.push(change);
  }

  /** Everything done to a file before is on disk for sure. */
  sync(file: string): void {
    for (const change of this.#unsynced) if (change.file === file) apply(this.#durable, change);
    this.#unsynced = this.#unsynced.filter((change) => change.file !== file);
  }

  /** Writes into a folder what is there after the power went. */
  write(folder: string, tail: Tail): void {
    const files = new Map(this.#durable);
    const touched = new Set<string>();
    for (const change of this.#survivors(tail)) {
      if (!touched.has(change.file)) copy(files, change.file);
      touched.add(change.file);
      apply(files, change);
    }
    for (const [file, { bytes, size }] of files) writeFileSync(join(folder, basename(file)), bytes.subarray(0, size));
  }

  #survivors(tail: Tail): Change[] {
    if (tail === "dropped") return [];
    if (tail === "kept") return this.#unsynced;
    return this.#unsynced.flatMap((change) => (change.kind === "write" ? this.#torn(change) : this.#random() < 0.5 ? [change] : []));
  }

  #torn(write: Extract<Change, { kind: "write" }>): Change[] {
    const kept: Change[] = [];
    const share = this.#random() < 0.5 ? 1 : this.#random();
    for (let from = 0; from < write.bytes.length; from += SECTOR) {
      if (this.#random() >= share) continue;
      kept.push({ ...write, offset: write.offset + from, bytes: write.bytes.subarray(from, from + SECTOR) });
    }
    return kept;
  }
}

function copy(files: Map<string, Contents>, file: string): void {
  const contents = files.get(file);
  if (contents) files.set(file, { bytes: Buffer.from(contents.bytes), size: contents.size });
}

function apply(files: Map<string, Contents>, change: Change): void {
  if (change.kind === "remove") {
    files.delete(change.file);
    return;
  }
  const contents = files.get(change.file) ?? { bytes: Buffer.alloc(0), size: 0 };
  files.set(change.file, contents);
  const end = change.kind === "truncate" ? change.size : change.offset + change.bytes.length;
  if (end > contents.bytes.length) contents.bytes = Buffer.concat([contents.bytes, Buffer.alloc(Math.max(end, contents.bytes.length * 2) - contents.bytes.length)]);
  if (change.kind === "truncate") {
    contents.bytes.fill(0, change.size);
    contents.size = change.size;
    return;
  }
  change.bytes.copy(contents.bytes, change.offset);
  contents.size = Math.max(contents.size, end);
}
