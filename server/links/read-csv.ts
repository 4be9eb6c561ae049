import { CsvFault, csvReader, type CsvReader, type CsvRow } from "../domain/matching/csv.ts";
import type { FileFault } from "../domain/matching/link-faults.ts";
import { checkHeader, LINK_HEADER, readLink, type LinkLine } from "../domain/matching/link-file.ts";
import { UnreadableFile } from "./read-text.ts";

/** The links of a CSV, as many at once as a piece of its text holds. Throws `UnreadableFile` where nothing behind can be read. */
export async function* csvLinks(pieces: AsyncIterable<string>): AsyncGenerator<(LinkLine | FileFault)[]> {
  const reader = csvReader();
  let headed = false;
  const linksOf = (rows: CsvRow[]): (LinkLine | FileFault)[] => {
    if (!headed && rows.length > 0) expectHeader(rows.shift()!);
    headed ||= rows.length > 0;
    return rows.map(readLink);
  };
  for await (const piece of pieces) {
    const rows = told(() => reader.push(piece));
    if (rows.length === 0) continue;
    const links = linksOf(rows);
    headed = true;
    yield links;
  }
  const last = lastRow(reader);
  if (last) yield headed ? [endOf(last)] : linksOf([last]);
  else if (!headed) throw new UnreadableFile({ line: 1, reason: "wrong_header", expected: LINK_HEADER.join(","), found: "" });
}

function expectHeader(row: CsvRow): void {
  const fault = checkHeader(row);
  if (fault) throw new UnreadableFile(fault);
}

function lastRow(reader: CsvReader): CsvRow | undefined {
  return told(() => reader.end())[0];
}

/** A merge without a line's end may have lost figures of its last id; what else is cut off lacks cells. */
function endOf(row: CsvRow): LinkLine | FileFault {
  const link = readLink(row);
  return "into" in link ? { line: row.line, reason: "cut_off" } : link;
}

function told<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof CsvFault ? new UnreadableFile(error.error) : error;
  }
}
