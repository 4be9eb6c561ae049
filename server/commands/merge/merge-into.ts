import type { Transaction } from "#db/client.ts";
import { audit } from "#db/queries/journal.ts";
import type { MergePair } from "#db/merge-sql.ts";
import { dropRecords } from "#db/queries/merge-log.ts";
import { RECORDS } from "#db/merge-tables.ts";
import { insertMerges, mergeables, type Mergeable } from "#db/queries/merges.ts";
import { leaveSlug } from "#db/queries/former-slugs.ts";
import { nightsOfShows } from "#db/queries/rescored.ts";
import type { LinkKind } from "../../domain/matching/link-file.ts";
import { notFound } from "../../domain/errors.ts";
import { conflict } from "./conflict.ts";
import { mergeArtist } from "./merge-artist.ts";
import { mergeShow } from "./merge-show.ts";
import { mergeSongs } from "./merge-songs.ts";
import { mergeVenue } from "./merge-venue.ts";
import { joinMatches } from "./join-matches.ts";
import { rescoreArtists } from "../scores/rescore-artists.ts";
import { rescoreNights } from "./rescore-nights.ts";
import { dropAll, type MergeUnderWay } from "./under-way.ts";

export interface MergeOrder {
  kind: LinkKind;
  /** Goes. */
  from: number;
  /** Stays. */
  into: number;
  /** Null where nobody was asked, or by the operator. */
  by: number | null;
  /** The merge that this one is a part of. */
  parentId?: number | null;
}

/**
 * Makes one of ours another one of ours: all that points to `from` points to `into`, and an address of `from` leads
 * there. Throws `not_found`, and the conflicts `same_record`, `demo` (one of the demo, one real) and `other_artist`.
 */
export async function mergeInto(tx: Transaction, { kind, from, into, by, parentId = null }: MergeOrder, now: number): Promise<{ mergeId: number }> {
  const { goes, stays } = await mergeable(tx, { kind, from, into });
  const [pair] = await insertMerges(tx, { kind, pairs: [{ from, into, fromName: goes.name, intoName: stays.name }], parentId, by }, now);
  const done = { pair: pair!, by, now };
  const nights = kind === "show" && parentId === null ? await nightsOfShows(tx, [from, into]) : [];
  if (kind === "artist") await mergeArtist(tx, done, mergeInto);
  else if (kind === "venue") await mergeVenue(tx, done, mergeInto);
  else if (kind === "show") await mergeShow(tx, done);
  else await mergeSongs(tx, [pair!], { by, now, artistId: stays.artistId! });
  if (kind !== "song") await finish(tx, kind, done, goes);
  else await rescoreArtists(tx, [stays.artistId!], now);
  await rescoreNights(tx, nights, now);
  if (parentId === null) await writeAudit(tx, { kind, pair: pair!, by, goes, stays }, now);
  return { mergeId: pair!.mergeId };
}

async function finish(tx: Transaction, kind: "artist" | "venue" | "show", { pair, by, now }: MergeUnderWay, goes: Mergeable): Promise<void> {
  await joinMatches(tx, kind, [pair], { by, now });
  await dropAll(tx, kind, [pair]);
  await dropRecords(tx, RECORDS[kind], [pair]);
  await leaveSlug(tx, { mergeId: pair.mergeId, kind, slug: goes.slug!, id: pair.into });
}

async function mergeable(tx: Transaction, { kind, from, into }: Pick<MergeOrder, "kind" | "from" | "into">): Promise<{ goes: Mergeable; stays: Mergeable }> {
  if (from === into) throw conflict("same_record", `This ${kind} is the same one on both sides. Choose two.`);
  const found = new Map((await mergeables(tx, kind, [from, into])).map((one) => [one.id, one]));
  const [goes, stays] = [found.get(from), found.get(into)];
  if (!goes || !stays) throw notFound(kind);
  if (goes.demo !== stays.demo) throw conflict("demo", `One of these belongs to the demo. Remove the demo, or choose two real ones.`);
  if (goes.artistId !== stays.artistId) throw conflict("other_artist", `These ${kind}s are of two artists. Merge the artists first if they are one.`);
  return { goes, stays };
}

interface Told {
  kind: LinkKind;
  pair: MergePair;
  by: number | null;
  goes: Mergeable;
  stays: Mergeable;
}

async function writeAudit(tx: Transaction, { kind, pair, by, goes, stays }: Told, now: number): Promise<void> {
  const details = { merge: pair.mergeId, from: pair.from, fromName: goes.name, intoName: stays.name };
  await audit(tx, { at: now, actorId: by, action: "record.merge", subject: kind, subjectId: pair.into, details });
}
