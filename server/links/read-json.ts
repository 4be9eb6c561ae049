import { JSONParser } from "@streamparser/json";
import type { FileFault } from "../domain/matching/link-faults.ts";
import { LINK_HEADER, readLink, type LinkLine } from "../domain/matching/link-file.ts";
import { UnreadableFile } from "./read-text.ts";

/** No link is as long; what is without an end would fill the memory. */
const LONGEST_ITEM = 100_000;

/** The links of a list in JSON, as many at once as a piece of its text holds. Throws `UnreadableFile` where nothing behind can be read. */
export async function* jsonLinks(pieces: AsyncIterable<string>): AsyncGenerator<(LinkLine | FileFault)[]> {
  const parser = new JSONParser({ paths: ["$.*"], keepStack: false });
  let items: unknown[] = [];
  let count = 0;
  let begun = false;
  let since = 0;
  parser.onValue = ({ value }) => void items.push(value);
  // Without it what is wrong would be thrown from within the parser's own loop.
  parser.onError = () => {
    throw new UnreadableFile({ line: count + items.length + 1, reason: "not_json" });
  };
  for await (const piece of pieces) {
    // The parser takes any value; a list is what it must be.
    if (!begun && piece.trimStart() !== "") {
      if (!piece.trimStart().startsWith("[")) throw new UnreadableFile({ line: 1, reason: "not_json" });
      begun = true;
    }
    for (let at = 0; at < piece.length; at += LONGEST_ITEM) parser.write(piece.slice(at, at + LONGEST_ITEM));
    since = items.length > 0 ? 0 : since + piece.length;
    if (since > LONGEST_ITEM && !parser.isEnded) throw new UnreadableFile({ line: count + 1, reason: "item_too_long" });
    if (items.length > 0) yield items.map((item) => linkOf(item, (count += 1)));
    items = [];
  }
  if (!begun) throw new UnreadableFile({ line: 1, reason: "not_json" });
  if (!parser.isEnded) throw new UnreadableFile({ line: count + 1, reason: "cut_off" });
}

function linkOf(item: unknown, line: number): LinkLine | FileFault {
  const cells = cellsOf(item);
  return cells === null ? { line, reason: "not_a_link" } : readLink({ line, cells });
}

/** An object's values in the order of a CSV's columns; null where it is none, or has others. */
function cellsOf(item: unknown): string[] | null {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return null;
  const told = new Map(Object.entries(item as Record<string, unknown>));
  const cells = LINK_HEADER.map((name) => told.get(name) ?? "");
  for (const name of LINK_HEADER) told.delete(name);
  const plain = cells.every((cell) => typeof cell === "string" || typeof cell === "number");
  return plain && told.size === 0 ? cells.map(String) : null;
}
