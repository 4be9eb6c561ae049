import type { Transaction } from "#db/client.ts";
import * as identityLinks from "#db/queries/identity-links.ts";
import * as linkApply from "#db/queries/link-apply.ts";
import * as linkExport from "#db/queries/link-export.ts";
import * as linkFiles from "#db/queries/link-files.ts";
import { LINK_KINDS, type LinkLine } from "#server/domain/matching/link-file.ts";
import type { BuiltShow } from "./builders.ts";

/** The modules of queries behind links to providers' ids and files of them. */
export const linkModules = { "identity-links": identityLinks, "link-apply": linkApply, "link-export": linkExport, "link-files": linkFiles };

type Call = (tx: Transaction, scene: { show: BuiltShow; fan: number }) => unknown;

const record = { provider: "spotify", providerId: "1" } as const;
const word = { status: "approved", by: null } as const;
const pair = { kind: "artist", id: 1, ...record } as const;
const applied = { fileId: 1, by: null, now: 0 };
const lines: LinkLine[] = [
  { line: 2, action: "reject", kind: "song", id: 1, ...record },
  { line: 3, action: "merge", kind: "artist", id: 1, into: 2 },
];
const each = async <T>(values: readonly T[], call: (value: T) => unknown) => {
  for (const value of values) await call(value);
};

export const linkCalls: { [M in keyof typeof linkModules]: Record<string, Call> } = {
  "identity-links": {
    linkedOne: (tx) => each(LINK_KINDS, (kind) => identityLinks.linkedOne(tx, kind, 1)),
    linkOf: (tx) => each(["artist", "venue"] as const, (kind) => identityLinks.linkOf(tx, kind, "spotify", "1")),
    eventLink: (tx) => identityLinks.eventLink(tx, 1, "ticketmaster", "1"),
    songOfVariant: (tx) => identityLinks.songOfVariant(tx, 1, "spotify", "1"),
    putLink: async (tx, { show: { artistId } }) => {
      await identityLinks.putLink(tx, { ...pair, id: artistId }, word);
      await identityLinks.putLink(tx, { ...pair, kind: "venue" }, word);
    },
    putEventLink: (tx, { show: { artistId, showId } }) => identityLinks.putEventLink(tx, { ...pair, kind: "show", id: showId }, artistId, word),
    settleMatch: (tx) => identityLinks.settleMatch(tx, pair, word, 0),
    keepRejection: (tx) => identityLinks.keepRejection(tx, pair, null, 0),
    rejectedFor: (tx) => identityLinks.rejectedFor(tx, "artist", "spotify", "1"),
    keepApart: (tx) => identityLinks.keepApart(tx, "song", [1, 2], null, 0),
  },
  "link-apply": {
    applyRejections: (tx) => each(["artist", "venue"] as const, (kind) => linkApply.applyRejections(tx, kind, applied)),
    applyEventRejections: (tx) => linkApply.applyEventRejections(tx, applied),
    applyRecordingRejections: (tx) => linkApply.applyRecordingRejections(tx, applied),
    applyApprovals: (tx) => each(["artist", "venue"] as const, (kind) => linkApply.applyApprovals(tx, kind, applied)),
    applyEventApprovals: (tx) => linkApply.applyEventApprovals(tx, applied),
    settleMatches: (tx) => linkApply.settleMatches(tx, applied),
  },
  "link-export": {
    identityPage: (tx) => each(["artist", "venue", "show"] as const, (kind) => linkExport.identityPage(tx, kind, linkExport.FIRST_IDENTITY, 5)),
    decidedPage: (tx) => each(linkExport.DECIDED, (decided) => linkExport.decidedPage(tx, decided, { confidence: -1, id: 0 }, 5)),
    mergePage: (tx) => linkExport.mergePage(tx, 0, 5),
  },
  "link-files": {
    insertLinkFile: (tx) => linkFiles.insertLinkFile(tx, null, 0),
    isLinkFile: (tx, { fan }) => each([null, fan], (by) => linkFiles.isLinkFile(tx, 1, by)),
    insertLinkLines: async (tx) => linkFiles.insertLinkLines(tx, await linkFiles.insertLinkFile(tx, null, 0), lines),
    deleteLinkLines: (tx) => linkFiles.deleteLinkLines(tx, 1, 5),
    staleLinkFile: (tx) => linkFiles.staleLinkFile(tx, 5),
    linesByKind: (tx) => linkFiles.linesByKind(tx, 1),
    mergeLines: (tx) => linkFiles.mergeLines(tx, 1, "artist"),
    becameOf: (tx) => linkFiles.becameOf(tx, 1, "artist"),
    unknownIds: (tx) => each(LINK_KINDS, (kind) => linkFiles.unknownIds(tx, 1, kind)),
    renameIds: (tx) => linkFiles.renameIds(tx, 1, "artist", [{ id: 1, into: 2 }]),
    saidBothWays: (tx) => linkFiles.saidBothWays(tx, 1),
    approvedTwice: (tx) => each(LINK_KINDS, (kind) => linkFiles.approvedTwice(tx, 1, kind)),
    linkedElsewhere: (tx) => each(["artist", "venue", "show"] as const, (kind) => linkFiles.linkedElsewhere(tx, 1, kind)),
    unknownRecordings: (tx) => linkFiles.unknownRecordings(tx, 1),
    recordingLines: (tx) => each(["approve", "reject"] as const, (action) => linkFiles.recordingLines(tx, 1, action)),
  },
};
