import { csvLine } from "../domain/matching/csv.ts";
import { SETLIST_COLUMNS } from "../domain/setlists/file-columns.ts";
import { rowsOfSetlist } from "../domain/setlists/file-rows.ts";
import type { SetlistFormat } from "../domain/setlists/setlist-file.ts";
import { notFound } from "../domain/errors.ts";
import type { Reader } from "../views/reader.ts";
import { artistNamed, recordedSetlists } from "../views/recorded-setlists.ts";

/** A file of what was written down here, a page of shows at a time. Throws `not_found` where there is no such artist. */
export async function exportSetlists(reader: Reader, { artist, format }: { artist: string | null; format: SetlistFormat }): Promise<AsyncGenerator<string>> {
  const artistId = artist === null ? null : await artistNamed(reader, artist);
  if (artist !== null && artistId === null) throw notFound("artist");
  return pieces(reader, artistId, format);
}

async function* pieces(reader: Reader, artistId: number | null, format: SetlistFormat): AsyncGenerator<string> {
  yield format === "csv" ? csvLine([...SETLIST_COLUMNS]) : "[";
  let first = true;
  for await (const setlist of recordedSetlists(reader, artistId)) {
    const rows = rowsOfSetlist(setlist);
    if (rows.length === 0) continue;
    yield format === "csv" ? rows.map(csvLine).join("") : (first ? "\n" : ",\n") + rows.map((row) => JSON.stringify(itemOf(row))).join(",\n");
    first = false;
  }
  if (format === "json") yield "\n]\n";
}

/** A song as an object of the columns that it fills. */
function itemOf(row: readonly string[]): Record<string, string> {
  return Object.fromEntries(SETLIST_COLUMNS.flatMap((name, i) => (row[i] === "" ? [] : [[name, row[i]!]])));
}
