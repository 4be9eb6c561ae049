import type { Transaction } from "#db/client.ts";
import { identitiesOfArtists } from "#db/queries/match-keys.ts";
import { areKeptApart, putMatch } from "#db/queries/matches.ts";
import type { Evidence } from "../../domain/matching/evidence.ts";
import { mergeInto } from "../merge/merge-into.ts";
import { staying } from "../merge/staying.ts";
import { bringArtistUpToDate } from "./artist-records.ts";
import { compareNights } from "./compare-nights.ts";

/** These keep two of one name apart with care. */
const CAREFUL = ["musicbrainz", "setlistfm"] as const;

export interface Joining {
  a: number;
  b: number;
  /** 0 to 1. */
  confidence: number;
  evidence: Evidence[];
}

/** Makes two of our artists one, and resolves to the one that stays; null where a moderator, or a careful provider, keeps them apart. */
export async function joinArtists(tx: Transaction, { a, b, confidence, evidence }: Joining, now: number): Promise<number | null> {
  if (a === b) return a;
  if (await areKeptApart(tx, "artist", a, b)) return null;
  if (await haveTwoPages(tx, a, b)) {
    await putMatch(tx, { kind: "artist", subjectId: a, other: { otherId: b }, confidence, evidence, status: "review" }, now);
    return null;
  }
  const { from, into } = await staying(tx, "artist", a, b);
  await mergeInto(tx, { kind: "artist", from, into, by: null }, now);
  await bringArtistUpToDate(tx, into);
  await compareNights(tx, into, null, now);
  return into;
}

/** Whether a careful provider tells of both. */
async function haveTwoPages(tx: Transaction, a: number, b: number): Promise<boolean> {
  const rows = await identitiesOfArtists(tx, [a, b]);
  const tells = (id: number, provider: string) => rows.some((row) => row.artistId === id && row.provider === provider && row.digest !== null && row.confidence > 0);
  return CAREFUL.some((provider) => tells(a, provider) && tells(b, provider));
}
