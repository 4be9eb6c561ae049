import { expect, test } from "vitest";
import { csvLine, csvReader } from "#server/domain/matching/csv.ts";
import { checkHeader, checkLinks, isLinkFault, LINK_HEADER, linkCells, readLink, type LinkFault, type LinkLine } from "#server/domain/matching/link-file.ts";

function read(text: string): { links: LinkLine[]; faults: LinkFault[] } {
  const reader = csvReader();
  const reads = [...reader.push(text), ...reader.end()].map(readLink);
  return { links: reads.flatMap((each) => (isLinkFault(each) ? [] : [each])), faults: reads.filter(isLinkFault) };
}

function check(text: string, known = (id: number) => id < 100): LinkFault[] {
  const { links, faults } = read(text);
  return [...faults, ...checkLinks(links, (_, id) => known(id))];
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
  ["approve,artist,900,spotify,a,\n", { line: 1, reason: "unknown_id", kind: "artist", id: 900 }],
  ["approve,artist,1,spotify,a,\nreject,artist,1,spotify,a,\n", { line: 2, reason: "contradiction", with: 1 }],
  ["approve,artist,1,spotify,a,\napprove,artist,2,spotify,a,\n", { line: 2, reason: "contradiction", with: 1 }],
  ["merge,artist,1,,,2\nmerge,artist,2,,,1\n", { line: null, reason: "merge", kind: "artist", fault: { reason: "cycle", ids: [1, 2] } }],
  ["merge,artist,1,,,2\nmerge,artist,1,,,3\n", { line: null, reason: "merge", kind: "artist", fault: { reason: "contradiction", from: 1, into: [2, 3] } }],
])("%j is refused", (text, fault) => {
  expect(check(text)).toEqual([fault]);
});

test("lines that agree are carried out", () => {
  expect(check("approve,artist,1,spotify,a,\napprove,artist,1,spotify,a,\nreject,artist,2,spotify,a,\napprove,venue,2,spotify,a,\nmerge,artist,1,,,2\nmerge,venue,2,,,1\n")).toEqual([]);
});

test("one event is the show of several artists", () => {
  expect(check("approve,show,1,ticketmaster,t,\napprove,show,2,ticketmaster,t,\n")).toEqual([]);
});
