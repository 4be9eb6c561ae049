import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { artistFacts } from "#db/queries/identities.ts";
import type { MergePair } from "#db/merge-sql.ts";
import { changeRows } from "#db/queries/merge-log.ts";
import { giveSongs, songsOf } from "#db/queries/merge-songs.ts";
import { insertMerges } from "#db/queries/merges.ts";
import { nightsOfArtist, showsToTell } from "#db/queries/merge-shows.ts";
import { dropUndecided } from "#db/queries/merge-titles.ts";
import { linksOfArtist, writeLinks, type SongLinks } from "#db/queries/song-links.ts";
import { artists } from "#db/schema/index.ts";
import { endStudiesOf } from "../forecasts/study-run.ts";
import { rescoreArtists } from "../scores/rescore-artists.ts";
import { filled } from "./filled.ts";
import { moveAll, type MergePart, type MergeUnderWay } from "./under-way.ts";
import { mergeSongs } from "./merge-songs.ts";
import { joinLinks } from "./join-links.ts";
import { sameNights } from "./same-nights.ts";
import { sameSongs } from "./same-songs.ts";

/** Gives all of an artist to another one; songs of one title and shows of one night are merged as parts of it. */
export async function mergeArtist(tx: Transaction, { pair, by, now }: MergeUnderWay, mergePart: MergePart): Promise<void> {
  const nights = await nightsOfArtist(tx, pair);
  const told = await showsToTell(tx, { artistId: pair.from });
  const links = await mergeLinks(tx, pair);
  const same = sameSongs(await songsOf(tx, pair.from), await songsOf(tx, pair.into), links);
  await giveSongs(tx, pair, same.map(({ from }) => from));
  await dropUndecided(tx, pair);
  await moveAll(tx, "artist", [pair]);
  const parts = await insertMerges(tx, { kind: "song", pairs: same, parentId: pair.mergeId, by }, now);
  await mergeSongs(tx, parts, { by, now, artistId: pair.into });
  await fillFacts(tx, pair);
  for (const night of sameNights(nights.from, nights.into)) await mergePart(tx, { kind: "show", ...night, by, parentId: pair.mergeId }, now);
  await endStudiesOf(tx, [pair.from, pair.into]);
  await rescoreArtists(tx, [pair.into], now);
  await appendEvents(tx, now, told.map((showId) => ({ kind: "show.changed", showId, payload: { changed: ["artist"] } })));
}

async function mergeLinks(tx: Transaction, { mergeId, from, into }: MergePair): Promise<SongLinks> {
  const [goes, stays] = [await linksOfArtist(tx, from), await linksOfArtist(tx, into)];
  const after = joinLinks(stays, goes);
  await writeLinks(tx, { mergeId, artistId: from, before: goes, after: new Map() });
  await writeLinks(tx, { mergeId, artistId: into, before: stays, after });
  return after;
}

/** What nobody has said of the one that stays is told by the one that goes. */
async function fillFacts(tx: Transaction, { mergeId, from, into }: MergePair): Promise<void> {
  const [goes, stays] = [await artistFacts(tx, from), await artistFacts(tx, into)];
  const columns = { genre: "genre", country: "country", disambiguation: "disambiguation" } as const;
  const is = filled<keyof typeof columns>(goes!, stays!, columns);
  if (is) await changeRows(tx, artists, [{ mergeId, id: into, is }]);
}
