import { setImmediate as turn } from "node:timers/promises";
import { csvLine } from "../domain/matching/csv.ts";
import { LINK_HEADER, linkCells } from "../domain/matching/link-file.ts";
import { linkPages, type ExportedLink } from "../views/link-pages.ts";
import type { Reader } from "../views/reader.ts";
import type { LinkFormat } from "./format.ts";

/** A file of all links, piece by piece; others are answered between the pieces, and memory does not grow with the file. */
export async function* exportLinks(reader: Reader, format: LinkFormat): AsyncGenerator<string> {
  const { head, line, between, tail } = STYLES[format];
  yield head;
  let first = true;
  for await (const links of linkPages(reader)) {
    yield (first ? "" : between) + links.map(line).join(between);
    first = false;
    await turn();
  }
  yield first ? tail.trimStart() : tail;
}

interface Style {
  head: string;
  line: (link: ExportedLink) => string;
  between: string;
  tail: string;
}

const STYLES: Record<LinkFormat, Style> = {
  csv: { head: csvLine([...LINK_HEADER]), line: (link) => csvLine(linkCells(link)), between: "", tail: "" },
  json: { head: "[\n", line: (link) => JSON.stringify(itemOf(link)), between: ",\n", tail: "\n]\n" },
};

/** A link as an object of the columns that it fills. */
function itemOf(link: ExportedLink) {
  if (link.action === "merge") return link;
  const { action, kind, id, provider, providerId } = link;
  return { action, kind, id, provider, provider_id: providerId };
}
