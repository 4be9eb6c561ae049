import type { Write } from "../commands/registry.ts";
import { AppError } from "../domain/errors.ts";
import type { SetlistFault } from "../domain/setlists/file-faults.ts";
import { readSetlistFile, type FileSetlist, type SetlistFormat } from "../domain/setlists/setlist-file.ts";
import { setlistsOfShow } from "../views/actual-setlists.ts";
import type { Reader } from "../views/reader.ts";
import { nightOf } from "../views/setlist-nights.ts";

interface SetlistImport {
  reader: Reader;
  write: Write;
  text: string;
  format: SetlistFormat;
  /** Whether only to tell what would come of it. */
  dryRun: boolean;
  /** Epoch ms. */
  now: number;
}

/** Titles of a setlist that match no song of the artist. */
interface Unmatched {
  line: number;
  titles: string[];
}

export type ImportOutcome =
  | { ok: true; setlists: number; songs: number; unmatched: Unmatched[] }
  /** `written`: how many were written down before one of them was refused after all. */
  | { ok: false; faults: SetlistFault[]; written: number };

interface Placed extends FileSetlist {
  showId: number;
  songs: number;
  unmatched: string[];
}

/** Writes the setlists of a file down, once all of them have been checked. */
export async function importSetlists({ reader, write, text, format, dryRun, now }: SetlistImport): Promise<ImportOutcome> {
  const { setlists, faults } = readSetlistFile(text, format, { whole: true });
  const { placed, refused } = faults.length > 0 ? { placed: [], refused: [] } : await placeAll(reader, setlists, now);
  if (faults.length + refused.length > 0) return { ok: false, faults: [...faults, ...refused], written: 0 };
  for (const [i, one] of (dryRun ? [] : placed).entries()) {
    const fault = await writeDown({ reader, write }, one);
    if (fault) return { ok: false, faults: [fault], written: i };
  }
  const unmatched = placed.filter((one) => one.unmatched.length > 0).map(({ line, unmatched: titles }) => ({ line, titles }));
  return { ok: true, setlists: placed.length, songs: placed.reduce((sum, { songs }) => sum + songs, 0), unmatched };
}

async function placeAll(reader: Reader, setlists: readonly FileSetlist[], now: number): Promise<{ placed: Placed[]; refused: SetlistFault[] }> {
  const [placed, refused] = [[] as Placed[], [] as SetlistFault[]];
  const lines = new Map<number, number>();
  for (const setlist of setlists) {
    const { line } = setlist;
    const night = await nightOf(reader, setlist, now);
    const message = "problem" in night ? night.problem : lines.has(night.showId) ? `It is of the same show as what begins on line ${lines.get(night.showId)}. Put the two together.` : null;
    if (message !== null || "problem" in night) refused.push({ line, reason: "refused", message: message ?? "" });
    else {
      lines.set(night.showId, line);
      placed.push({ ...setlist, ...night });
    }
  }
  return { placed, refused };
}

/** What speaks against it now that did not when the file was checked; null where it is written down. What a file does not say stays: the note, and that this was all. */
async function writeDown({ reader, write }: Pick<SetlistImport, "reader" | "write">, { line, showId, sets }: Placed): Promise<SetlistFault | null> {
  const there = (await setlistsOfShow(reader, showId)).find(({ provider }) => provider === null);
  try {
    await write("recordSetlist", { by: null, show: showId, sets, note: there?.note ?? null });
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { line, reason: "refused", message: error.message };
  }
}
