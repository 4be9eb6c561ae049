import type { Authorized } from "../auth/actor.ts";
import type { Write } from "../commands/registry.ts";
import { Faults, type FileFault, type LinkFileOutcome } from "../domain/matching/link-faults.ts";
import type { LinkLine } from "../domain/matching/link-file.ts";
import { MOST_BYTES, type LinkFormat } from "./format.ts";
import { csvLinks } from "./read-csv.ts";
import { jsonLinks } from "./read-json.ts";
import { textOf, UnreadableFile } from "./read-text.ts";

export interface LinkImport {
  write: Write;
  /** Null for the operator's command line. */
  by: Authorized<"moderate"> | null;
  source: AsyncIterable<Uint8Array>;
  format: LinkFormat;
  /** Whether only to tell what would come of it. */
  dryRun?: boolean;
  /** The largest file, in bytes. */
  most?: number;
}

const READERS: Record<LinkFormat, (pieces: AsyncIterable<string>) => AsyncIterable<(LinkLine | FileFault)[]>> = { csv: csvLinks, json: jsonLinks };

/** Lines that cross to the writer at once: its other callers wait for some milliseconds. */
const LINES_AT_ONCE = 1_000;

/**
 * Reads a file of links and carries it out: all of it, or nothing where anything is wrong with it. Its lines wait in the
 * database until the last has come, so that memory does not grow with the file.
 */
export async function importLinks(asked: LinkImport): Promise<LinkFileOutcome> {
  const { write, by, dryRun = false } = asked;
  while (await write("dropStaleLinkFile", undefined));
  const fileId = await write("beginLinkFile", { by });
  try {
    const faults = await stage(asked, fileId);
    return faults.count > 0 ? faults.outcome() : await write("carryOutLinkFile", { by, fileId, dryRun });
  } finally {
    await drop(asked, fileId);
  }
}

/** Where lines can't be dropped now, they are with the next file an hour later; what was carried out stays so. */
async function drop({ write, by }: LinkImport, fileId: number): Promise<void> {
  const more = () => write("dropLinkFile", { by, fileId }).catch(() => false);
  while (await more());
}

/** Has the lines of a file wait, up to the first that is wrong; what is wrong. */
async function stage({ write, by, source, format, most = MOST_BYTES }: LinkImport, fileId: number): Promise<Faults> {
  const faults = new Faults();
  let waiting: LinkLine[] = [];
  const send = async (atLeast: number) => {
    for (; faults.count === 0 && waiting.length >= atLeast && waiting.length > 0; waiting = waiting.slice(LINES_AT_ONCE)) {
      await write("stageLinkLines", { by, fileId, lines: waiting.slice(0, LINES_AT_ONCE) });
    }
  };
  try {
    for await (const links of READERS[format](textOf(source, most))) {
      for (const link of links) {
        if ("reason" in link) faults.add(link);
        else if (faults.count === 0) waiting.push(link);
      }
      await send(LINES_AT_ONCE);
    }
    await send(1);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    faults.add(error.fault);
  }
  return faults;
}
