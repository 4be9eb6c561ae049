import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { OutcomeFacts, WrittenSetlist } from "#server/domain/scoring/outcome.ts";
import type { Queryable } from "../client.ts";
import { preparedQuery } from "../prepared-query.ts";
import { actualSetlists, actualSets, forecasts, playedSongs, predictedSetlists, setlistSongs, showAllowances, shows, songChances } from "../schema/index.ts";

/** Shows before one that are read for what was to be expected of it: the domain's `LAST_SHOWS`, of which only types come here. */
export const SHOWS_BEFORE = 10;

const showRows = preparedQuery((db) =>
  db
    .select({ status: shows.status, artistId: shows.artistId, localDate: shows.localDate, closesAt: predictedSetlists.closesAt, lockedAt: predictedSetlists.lockedAt })
    .from(shows)
    .innerJoin(predictedSetlists, eq(predictedSetlists.showId, shows.id))
    .where(eq(shows.id, sql.placeholder("showId")))
    .prepare(),
);

const writtenColumns = {
  id: actualSetlists.id,
  showId: actualSetlists.showId,
  provider: actualSetlists.provider,
  version: actualSetlists.version,
  status: actualSetlists.status,
  entry: {
    title: playedSongs.title,
    titleKey: playedSongs.titleKey,
    songId: playedSongs.songId,
    tape: playedSongs.tape,
    // What a moderator has said of the title; a song of ours needs no word.
    dismissed: sql<boolean>`${playedSongs.songId} IS NULL AND EXISTS (
      SELECT 1 FROM unmatched_titles u JOIN shows s ON s.artist_id = u.artist_id
      WHERE s.id = ${actualSetlists.showId} AND u.title_key = ${playedSongs.titleKey} AND u.status = 'not_a_song')`.mapWith(Boolean),
  },
  encore: actualSets.encore,
};

const writtenAt = preparedQuery((db) =>
  db
    .select(writtenColumns)
    .from(actualSetlists)
    .leftJoin(playedSongs, eq(playedSongs.setlistId, actualSetlists.id))
    .leftJoin(actualSets, and(eq(actualSets.setlistId, actualSetlists.id), eq(actualSets.number, playedSongs.setNumber)))
    .where(eq(actualSetlists.showId, sql.placeholder("showId")))
    .orderBy(asc(actualSetlists.id), asc(playedSongs.position))
    .prepare(),
);

type WrittenRow = Awaited<ReturnType<ReturnType<typeof writtenAt>["all"]>>[number];

/** All accounts of what was played at a show, with what scores read of them. */
export async function writtenSetlists(db: Queryable, showId: number): Promise<WrittenSetlist[]> {
  return toSetlists(await writtenAt(db).all({ showId }));
}

function toSetlists(rows: WrittenRow[]): WrittenSetlist[] {
  return [...Map.groupBy(rows, ({ id }) => id).values()].map((all) => {
    const { id, provider, version, status } = all[0]!;
    const entries = all.flatMap(({ entry, encore }) => (entry === null ? [] : [{ ...entry, encore: encore !== null }]));
    return { id, provider, version, status, songs: entries.filter(({ tape }) => !tape).length, entries };
  });
}

const ballotRows = preparedQuery((db) =>
  db
    .select({ songId: setlistSongs.songId, votes: setlistSongs.votes, position: setlistSongs.position })
    .from(setlistSongs)
    .where(eq(setlistSongs.showId, sql.placeholder("showId")))
    .prepare(),
);

const fanRows = preparedQuery((db) =>
  db
    .select({ fans: sql<number>`count(*)` })
    .from(showAllowances)
    .where(and(eq(showAllowances.showId, sql.placeholder("showId")), gt(showAllowances.votes, 0), isNull(showAllowances.quarantinedAt)))
    .prepare(),
);

const chanceRows = preparedQuery((db) =>
  db
    .select({
      kind: forecasts.kind,
      song: {
        songId: songChances.songId,
        played: songChances.played,
        opener: songChances.opener,
        closer: songChances.closer,
        encore: songChances.encore,
      },
    })
    .from(forecasts)
    .leftJoin(songChances, eq(songChances.showId, forecasts.showId))
    .where(eq(forecasts.showId, sql.placeholder("showId")))
    .prepare(),
);

/** What was said of a show's songs before its close; null where nothing was kept. */
export async function keptChances(db: Queryable, showId: number): Promise<OutcomeFacts["chances"]> {
  const rows = await chanceRows(db).all({ showId });
  const [first] = rows;
  if (!first) return null;
  const songs = rows.flatMap(({ song }) => (song === null ? [] : [{ songId: song.songId, played: song.played, roles: { opener: song.opener, closer: song.closer, encore: song.encore } }]));
  return { kind: first.kind, songs };
}

/** All accounts of what an artist played at the last shows before a local date, newest first. */
export async function setlistsBefore(db: Queryable, { artistId, localDate }: { artistId: number; localDate: string }): Promise<WrittenSetlist[][]> {
  const before = db
    .select({ id: shows.id })
    .from(shows)
    .where(
      and(
        eq(shows.artistId, artistId),
        sql`${shows.localDate} < ${localDate}`,
        sql`EXISTS (SELECT 1 FROM actual_setlists a JOIN played_songs p ON p.setlist_id = a.id WHERE a.show_id = ${shows.id} AND p.song_id IS NOT NULL AND p.tape = 0)`,
      ),
    )
    .orderBy(sql`${shows.localDate} DESC`, sql`${shows.id} DESC`)
    .limit(SHOWS_BEFORE);
  const rows = await db
    .select({ ...writtenColumns, localDate: shows.localDate })
    .from(shows)
    .innerJoin(actualSetlists, eq(actualSetlists.showId, shows.id))
    .leftJoin(playedSongs, eq(playedSongs.setlistId, actualSetlists.id))
    .leftJoin(actualSets, and(eq(actualSets.setlistId, actualSetlists.id), eq(actualSets.number, playedSongs.setNumber)))
    .where(sql`${shows.id} IN ${before}`)
    .orderBy(sql`${shows.localDate} DESC`, sql`${shows.id} DESC`, asc(actualSetlists.id), asc(playedSongs.position));
  return [...Map.groupBy(rows, ({ showId }) => showId).values()].map(toSetlists);
}

/** All that a show's scores follow from; null where there is no such show. */
export async function outcomeFacts(db: Queryable, showId: number): Promise<OutcomeFacts | null> {
  const [show] = await showRows(db).all({ showId });
  if (!show) return null;
  const [counted] = await fanRows(db).all({ showId });
  return {
    show: { status: show.status, closesAt: show.closesAt, locked: show.lockedAt !== null },
    setlists: await writtenSetlists(db, showId),
    ballot: await ballotRows(db).all({ showId }),
    fans: counted!.fans,
    chances: await keptChances(db, showId),
    lastShows: await setlistsBefore(db, show),
  };
}
