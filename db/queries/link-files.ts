import { and, eq, sql, type SQL } from "drizzle-orm";
import type { LinkKind, LinkLine } from "#server/domain/matching/link-file.ts";
import type { Queryable, Transaction } from "../client.ts";
import { linkFiles } from "../schema/index.ts";

/** Begins a file on its way in; its number. */
export async function insertLinkFile(tx: Transaction, by: number | null, startedAt: number): Promise<number> {
  const [row] = await tx.insert(linkFiles).values({ by, startedAt }).returning({ id: linkFiles.id });
  return row!.id;
}

/** Whether a file is still on its way in, by whoever sent it. */
export async function isLinkFile(db: Queryable, id: number, by: number | null): Promise<boolean> {
  const rows = await db
    .select({ id: linkFiles.id })
    .from(linkFiles)
    .where(and(eq(linkFiles.id, id), sql`${linkFiles.by} IS ${by}`));
  return rows.length > 0;
}

/** Keeps lines of a file until all have come. */
export async function insertLinkLines(tx: Transaction, fileId: number, lines: LinkLine[]): Promise<void> {
  const rows = lines.map((link) =>
    link.action === "merge" ? [link.line, link.action, link.kind, link.id, null, null, link.into] : [link.line, link.action, link.kind, link.id, link.provider, link.providerId, null],
  );
  await tx.run(sql`
    INSERT INTO link_lines (file_id, line, action, kind, id, provider, provider_id, into_id)
    SELECT ${fileId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6 FROM json_each(${JSON.stringify(rows)})`);
}

/** Drops lines of a file from its beginning on, and the file with the last of them; how many lines. */
export async function deleteLinkLines(tx: Transaction, fileId: number, limit: number): Promise<number> {
  const { rowsAffected } = await tx.run(sql`
    DELETE FROM link_lines WHERE file_id = ${fileId} AND line IN (SELECT line FROM link_lines WHERE file_id = ${fileId} ORDER BY line LIMIT ${limit})`);
  if (rowsAffected < limit) await tx.delete(linkFiles).where(eq(linkFiles.id, fileId));
  return rowsAffected;
}

/** A file that began before an instant (epoch ms): whoever sent it is gone. */
export async function staleLinkFile(db: Queryable, before: number): Promise<number | null> {
  const [row] = await db.all<{ id: number }>(sql`SELECT id FROM link_files WHERE started_at < ${before} ORDER BY id LIMIT 1`);
  return row?.id ?? null;
}

/** How many lines of a file say what, of what kind. */
export function linesByKind(db: Queryable, fileId: number): Promise<{ kind: LinkKind; action: LinkLine["action"]; n: number }[]> {
  return db.all(sql`SELECT kind, action, count(*) AS n FROM link_lines WHERE file_id = ${fileId} GROUP BY kind, action`);
}

/** The lines of a file that say that one of ours is another one of ours. */
export function mergeLines(db: Queryable, fileId: number, kind: LinkKind): Promise<{ line: number; from: number; into: number }[]> {
  return db.all(sql`
    SELECT line, id AS "from", into_id AS "into" FROM link_lines
    WHERE file_id = ${fileId} AND kind = ${kind} AND action = 'merge' ORDER BY line`);
}

const TABLES: Record<LinkKind, SQL> = { artist: sql`artists`, venue: sql`venues`, show: sql`shows`, song: sql`songs` };

/** What ids that a file names have become by merges that stand. */
export function becameOf(db: Queryable, fileId: number, kind: LinkKind): Promise<{ id: number; into: number }[]> {
  return db.all(sql`
    WITH RECURSIVE named (id) AS MATERIALIZED (
      SELECT id FROM link_lines WHERE file_id = ${fileId} AND kind = ${kind}
      UNION SELECT into_id FROM link_lines WHERE file_id = ${fileId} AND kind = ${kind} AND action = 'merge'),
    chain (id, "into") AS (
      SELECT n.id, m.into_id FROM named n CROSS JOIN merges m ON m.kind = ${kind} AND m.from_id = n.id AND m.undone_at IS NULL
      UNION SELECT c.id, m.into_id FROM chain c CROSS JOIN merges m ON m.kind = ${kind} AND m.from_id = c."into" AND m.undone_at IS NULL)
    SELECT c.id, c."into" FROM chain c
    WHERE NOT EXISTS (SELECT 1 FROM merges m WHERE m.kind = ${kind} AND m.from_id = c."into" AND m.undone_at IS NULL)`);
}

/** Ids that a file names and that are none of ours, those of the demo with them. */
export function unknownIds(db: Queryable, fileId: number, kind: LinkKind): Promise<{ line: number; id: number }[]> {
  const table = TABLES[kind];
  return db.all(sql`
    SELECT l.line, l.id FROM link_lines l
    WHERE l.file_id = ${fileId} AND l.kind = ${kind} AND NOT EXISTS (SELECT 1 FROM ${table} o WHERE o.id = l.id AND o.demo = 0)
    UNION ALL SELECT l.line, l.into_id FROM link_lines l
    WHERE l.file_id = ${fileId} AND l.kind = ${kind} AND l.action = 'merge' AND NOT EXISTS (SELECT 1 FROM ${table} o WHERE o.id = l.into_id AND o.demo = 0)
    ORDER BY 1`);
}

/** Has lines about a record name what ours have become. */
export async function renameIds(tx: Transaction, fileId: number, kind: LinkKind, became: { id: number; into: number }[]): Promise<void> {
  if (became.length === 0) return;
  const pairs = JSON.stringify(became.map(({ id, into }) => [id, into]));
  // An UPDATE would look at all pairs for each line.
  await tx.run(sql`
    INSERT INTO link_lines (file_id, line, action, kind, id, provider, provider_id)
    SELECT l.file_id, l.line, l.action, l.kind, input.value ->> 1, l.provider, l.provider_id FROM json_each(${pairs}) AS input
      CROSS JOIN link_lines l INDEXED BY link_lines_id ON l.file_id = ${fileId} AND l.kind = ${kind} AND l.id = input.value ->> 0
    WHERE l.action <> 'merge' ON CONFLICT (file_id, line) DO UPDATE SET id = excluded.id`);
}

interface Against {
  line: number;
  /** The line that it does not go with. */
  with: number;
}

/** Lines that say the other of a pair than an earlier line. */
export function saidBothWays(db: Queryable, fileId: number): Promise<Against[]> {
  return db.all(sql`
    SELECT line, first AS "with" FROM (
      SELECT line, action, first_value(action) OVER pair AS said, first_value(line) OVER pair AS first FROM link_lines
      WHERE file_id = ${fileId} AND action <> 'merge' WINDOW pair AS (PARTITION BY kind, provider, provider_id, id ORDER BY line))
    WHERE action <> said`);
}

/** Lines that approve a record for another one of ours than an earlier line; of shows and songs, for another one of the same artist. */
export function approvedTwice(db: Queryable, fileId: number, kind: LinkKind): Promise<Against[]> {
  const perArtist = kind === "show" || kind === "song";
  const of = perArtist ? sql`CROSS JOIN ${TABLES[kind]} o ON o.id = l.id` : sql``;
  const artist = perArtist ? sql`, o.artist_id` : sql``;
  return db.all(sql`
    SELECT line, first AS "with" FROM (
      SELECT l.line, l.id, first_value(l.id) OVER record AS owner, first_value(l.line) OVER record AS first FROM link_lines l ${of}
      WHERE l.file_id = ${fileId} AND l.kind = ${kind} AND l.action = 'approve' WINDOW record AS (PARTITION BY l.provider, l.provider_id ${artist} ORDER BY l.line))
    WHERE id <> owner`);
}

/** Lines that approve what is linked to another one of ours, and that no line takes from there. */
export function linkedElsewhere(db: Queryable, fileId: number, kind: "artist" | "venue" | "show"): Promise<{ line: number; id: number; name: string }[]> {
  return db.all(ELSEWHERE[kind](fileId));
}

const notGivenUp = (fileId: number, owner: SQL) => sql`NOT EXISTS (
  SELECT 1 FROM link_lines r INDEXED BY link_lines_record WHERE r.file_id = ${fileId} AND r.kind = l.kind AND r.provider = l.provider AND r.provider_id = l.provider_id AND r.id = ${owner} AND r.action = 'reject')`;

const ELSEWHERE: Record<"artist" | "venue" | "show", (fileId: number) => SQL> = {
  artist: (fileId) => sql`
    SELECT l.line, o.id, o.name FROM link_lines l
      CROSS JOIN artist_identities i ON i.provider = l.provider AND i.provider_id = l.provider_id CROSS JOIN artists o ON o.id = i.artist_id
    WHERE l.file_id = ${fileId} AND l.kind = 'artist' AND l.action = 'approve' AND i.artist_id <> l.id AND i.status <> 'rejected' AND ${notGivenUp(fileId, sql`i.artist_id`)}`,
  venue: (fileId) => sql`
    SELECT l.line, o.id, o.name FROM link_lines l
      CROSS JOIN venue_identities i ON i.provider = l.provider AND i.provider_id = l.provider_id CROSS JOIN venues o ON o.id = i.venue_id
    WHERE l.file_id = ${fileId} AND l.kind = 'venue' AND l.action = 'approve' AND i.venue_id <> l.id AND i.status <> 'rejected' AND ${notGivenUp(fileId, sql`i.venue_id`)}`,
  show: (fileId) => sql`
    SELECT l.line, o.id, o.slug AS name FROM link_lines l CROSS JOIN shows s ON s.id = l.id
      CROSS JOIN show_identities i ON i.provider = l.provider AND i.provider_id = l.provider_id AND i.artist_id = s.artist_id CROSS JOIN shows o ON o.id = i.show_id
    WHERE l.file_id = ${fileId} AND l.kind = 'show' AND l.action = 'approve' AND i.show_id <> l.id AND i.status <> 'rejected' AND ${notGivenUp(fileId, sql`i.show_id`)}`,
};

/** Lines about recordings that the song's artist does not have. */
export function unknownRecordings(db: Queryable, fileId: number): Promise<{ line: number }[]> {
  return db.all(sql`
    SELECT l.line FROM link_lines l CROSS JOIN songs s ON s.id = l.id
    WHERE l.file_id = ${fileId} AND l.kind = 'song' AND l.action <> 'merge' AND NOT EXISTS (
      SELECT 1 FROM song_variants v WHERE v.artist_id = s.artist_id AND v.provider = l.provider AND v.provider_id = l.provider_id)`);
}

/** Lines about a recording of another song: what makes the two songs one, or keeps them apart; rejected ones also of the song's own. */
export function recordingLines(db: Queryable, fileId: number, action: "approve" | "reject"): Promise<{ line: number; from: number; into: number }[]> {
  return db.all(sql`
    SELECT l.line, v.song_id AS "from", l.id AS "into" FROM link_lines l CROSS JOIN songs s ON s.id = l.id
      CROSS JOIN song_variants v ON v.artist_id = s.artist_id AND v.provider = l.provider AND v.provider_id = l.provider_id
    WHERE l.file_id = ${fileId} AND l.kind = 'song' AND l.action = ${action} AND (${action} = 'reject' OR v.song_id <> l.id) ORDER BY l.line`);
}
