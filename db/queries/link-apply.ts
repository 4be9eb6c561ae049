import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../client.ts";

/** A file whose lines are carried out, by whom (null: the operator) and when (epoch ms). */
export interface Applied {
  fileId: number;
  by: number | null;
  now: number;
}

type Owned = "artist" | "venue";

const OWNED: Record<Owned, { table: SQL; owner: SQL }> = {
  artist: { table: sql`artist_identities`, owner: sql`artist_id` },
  venue: { table: sql`venue_identities`, owner: sql`venue_id` },
};

const linesOf = (fileId: number, kind: Owned | "show" | "song", action: "approve" | "reject") => sql`l.file_id = ${fileId} AND l.kind = ${kind} AND l.action = ${action}`;
const evidence = (what: "approvedBy" | "rejectedBy", by: number | null) => JSON.stringify({ [what]: by });

async function written(tx: Transaction, statement: SQL): Promise<number> {
  return (await tx.run(statement)).rowsAffected;
}

/** What the ids of providers that are rejected for artists or venues come to; how many lines changed something. */
export async function applyRejections(tx: Transaction, kind: Owned, { fileId, by, now }: Applied): Promise<number> {
  const { table, owner } = OWNED[kind];
  const rejected = await written(
    tx,
    sql`
    INSERT INTO ${table} (provider, provider_id, ${owner}, confidence, status, evidence)
    SELECT l.provider, l.provider_id, l.id, 1, 'rejected', ${evidence("rejectedBy", by)} FROM link_lines l WHERE ${linesOf(fileId, kind, "reject")} ORDER BY l.line
    ON CONFLICT (provider, provider_id) DO UPDATE SET status = 'rejected' WHERE ${owner} = excluded.${owner} AND status <> 'rejected'`,
  );
  const elsewhere = sql`EXISTS (SELECT 1 FROM ${table} i WHERE i.provider = l.provider AND i.provider_id = l.provider_id AND i.${owner} <> l.id)`;
  return rejected + (await written(tx, keptRejections(sql`link_lines l WHERE ${linesOf(fileId, kind, "reject")} AND ${elsewhere}`, sql`l.id`, by, now)));
}

/** Keeps as rejected what a query of lines names, for some of ours. */
function keptRejections(from: SQL, id: SQL, by: number | null, now: number): SQL {
  return sql`
    INSERT INTO matches (kind, subject_id, provider, provider_id, confidence, evidence, status, found_at, decided_at, decided_by)
    SELECT l.kind, ${id}, l.provider, l.provider_id, 0, '{"list":[]}', 'rejected', ${now}, ${now}, ${by} FROM ${from}
    ON CONFLICT (kind, provider, provider_id, subject_id) WHERE provider IS NOT NULL
    DO UPDATE SET status = 'rejected', decided_at = excluded.decided_at, decided_by = excluded.decided_by WHERE status <> 'rejected'`;
}

/** The same for events of shows, which name no show after it. */
export async function applyEventRejections(tx: Transaction, { fileId, by, now }: Applied): Promise<number> {
  await tx.run(sql`
    INSERT INTO show_identities (provider, provider_id, artist_id, show_id, confidence, status, evidence)
    SELECT i.provider, i.provider_id, i.artist_id, NULL, 1, 'rejected', i.evidence FROM link_lines l CROSS JOIN shows s ON s.id = l.id
      CROSS JOIN show_identities i ON i.provider = l.provider AND i.provider_id = l.provider_id AND i.artist_id = s.artist_id
    WHERE ${linesOf(fileId, "show", "reject")} AND i.show_id = l.id
    ON CONFLICT (provider, provider_id, artist_id) DO UPDATE SET show_id = NULL, status = 'rejected', digest = NULL`);
  return written(tx, keptRejections(sql`link_lines l WHERE ${linesOf(fileId, "show", "reject")}`, sql`l.id`, by, now));
}

/** The same for recordings: their songs and those of the lines are two. */
export async function applyRecordingRejections(tx: Transaction, { fileId, by, now }: Applied): Promise<number> {
  await tx.run(sql`
    INSERT INTO matches (kind, subject_id, other_id, confidence, evidence, status, found_at, decided_at, decided_by)
    SELECT 'song', min(v.song_id, l.id), max(v.song_id, l.id), 0, '{"list":[]}', 'rejected', ${now}, ${now}, ${by}
    FROM link_lines l CROSS JOIN songs s ON s.id = l.id
      CROSS JOIN song_variants v ON v.artist_id = s.artist_id AND v.provider = l.provider AND v.provider_id = l.provider_id
    WHERE ${linesOf(fileId, "song", "reject")} AND v.song_id <> l.id
    ON CONFLICT (kind, subject_id, other_id) WHERE other_id IS NOT NULL
    DO UPDATE SET status = 'rejected', decided_at = excluded.decided_at, decided_by = excluded.decided_by WHERE status <> 'rejected'`);
  return written(tx, keptRejections(sql`link_lines l WHERE ${linesOf(fileId, "song", "reject")}`, sql`l.id`, by, now));
}

/** Links the ids of providers that are approved for artists or venues; how many were not linked so yet. What is new for an artist is looked at soon. */
export async function applyApprovals(tx: Transaction, kind: Owned, { fileId, by, now }: Applied): Promise<number> {
  const { table, owner } = OWNED[kind];
  const approved = linesOf(fileId, kind, "approve");
  const record = sql`i.provider = l.provider AND i.provider_id = l.provider_id`;
  // What was another one's is still not that one's.
  await tx.run(keptRejections(sql`link_lines l CROSS JOIN ${table} i ON ${record} WHERE ${approved} AND i.${owner} <> l.id`, sql`i.${owner}`, by, now));
  if (kind === "artist") await lookSoon(tx, sql`${approved} AND NOT EXISTS (SELECT 1 FROM ${table} i WHERE ${record} AND i.${owner} = l.id AND i.status <> 'rejected')`, now);
  return written(
    tx,
    sql`
    INSERT INTO ${table} (provider, provider_id, ${owner}, confidence, status, evidence)
    SELECT l.provider, l.provider_id, l.id, 1, 'approved', ${evidence("approvedBy", by)} FROM link_lines l WHERE ${approved}
    ON CONFLICT (provider, provider_id) DO UPDATE SET
      digest = iif(${owner} = excluded.${owner}, digest, NULL), evidence = iif(${owner} = excluded.${owner}, evidence, excluded.evidence),
      confidence = 1, status = 'approved', ${owner} = excluded.${owner}
    WHERE status = 'rejected'`,
  );
}

async function lookSoon(tx: Transaction, lines: SQL, now: number): Promise<void> {
  await tx.run(sql`
    INSERT INTO due_times (kind, id, due_at, unchanged) SELECT DISTINCT 'artist', l.id, ${now}, 0 FROM link_lines l WHERE ${lines}
    ON CONFLICT (kind, id) DO UPDATE SET due_at = excluded.due_at, unchanged = 0`);
}

/** The same for events, which become shows of the artists. */
export function applyEventApprovals(tx: Transaction, { fileId, by }: Applied): Promise<number> {
  return written(
    tx,
    sql`
    INSERT INTO show_identities (provider, provider_id, artist_id, show_id, confidence, status, evidence)
    SELECT l.provider, l.provider_id, s.artist_id, l.id, 1, 'approved', ${evidence("approvedBy", by)}
    FROM link_lines l CROSS JOIN shows s ON s.id = l.id WHERE ${linesOf(fileId, "show", "approve")}
    ON CONFLICT (provider, provider_id, artist_id) DO UPDATE SET
      digest = iif(show_id IS excluded.show_id, digest, NULL), confidence = 1, status = 'approved', show_id = excluded.show_id
    WHERE status = 'rejected' OR show_id IS NULL`,
  );
}

/** Settles pairs that wait for a person, or were settled otherwise. */
export async function settleMatches(tx: Transaction, { fileId, by, now }: Applied): Promise<number> {
  return written(
    tx,
    sql`
    INSERT INTO matches (kind, subject_id, provider, provider_id, confidence, evidence, status, found_at, decided_at, decided_by)
    SELECT m.kind, m.subject_id, m.provider, m.provider_id, 0, '{"list":[]}', iif(l.action = 'approve', 'approved', 'rejected'), ${now}, ${now}, ${by}
    FROM link_lines l CROSS JOIN matches m ON m.kind = l.kind AND m.provider = l.provider AND m.provider_id = l.provider_id AND m.subject_id = l.id AND m.provider IS NOT NULL
    WHERE l.file_id = ${fileId} AND l.action <> 'merge'
      AND ((l.action = 'approve' AND m.status NOT IN ('approved', 'automatic')) OR (l.action = 'reject' AND m.status <> 'rejected'))
    ON CONFLICT (kind, provider, provider_id, subject_id) WHERE provider IS NOT NULL
    DO UPDATE SET status = excluded.status, decided_at = excluded.decided_at, decided_by = excluded.decided_by`,
  );
}
