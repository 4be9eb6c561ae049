import { expect, test } from "vitest";
import { csvLine, csvReader } from "#server/domain/matching/csv.ts";
import { checkHeader, isLinkFault, LINK_HEADER, linkCells, readLink, type LinkFault, type LinkLine } from "#server/domain/matching/link-file.ts";

function read(text: string): { links: LinkLine[]; faults: LinkFault[] } {
  const reader = csvReader();
  const reads = [...reader.push(text), ...reader.end()].map(readLink);
  return { links: reads.flatMap((each) => (isLinkFault(each) ? [] : [each])), faults: reads.filter(isLinkFault) };
}

test("the header has to be ours", () => {
  expect(checkHeader({ line: 1, cells: [...LINK_HEADER] })).toBeNull();
  expect(checkHeader({ line: 1, cells: ["name", "spotify"] })).toMatchObject({ reason: "wrong_header", found: "name,spotify" });
  expect(checkHeader({ line: 1, cells: ["action;kind;id;provider;provider_id;into"] })).toMatchObject({ reason: "wrong_header" });
});

test("what was written is read again", () => {
  const links = [
    { action: "approve", kind: "artist", id: 1, provider: "spotify", providerId: "=x" },
    { action: "merge", kind: "venue", id: 2, into: 3 },
  ] as const;
  expect(read(links.map((link) => csvLine(linkCells(link))).join("")).links).toEqual(links.map((link, at) => ({ ...link, line: at + 1 })));
});

test.each([
  ["approve,artist,1,spotify\n", { line: 1, reason: "half_line", cells: 4 }],
  ["delete,artist,1,spotify,a,\n", { line: 1, reason: "unknown_action", found: "delete" }],
  ["approve,album,1,spotify,a,\n", { line: 1, reason: "unknown_kind", found: "album" }],
  ["approve,artist,1,napster,a,\n", { line: 1, reason: "unknown_provider", found: "napster" }],
  ["approve,artist,-1,spotify,a,\n", { line: 1, reason: "not_an_id", found: "-1" }],
  ["approve,artist,1,spotify,,\n", { line: 1, reason: "not_an_id", found: "" }],
  ["merge,artist,1,,,x\n", { line: 1, reason: "not_an_id", found: "x" }],
])("%j is refused", (text, fault) => {
  expect(read(text).faults).toEqual([fault]);
});
