import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Evidence } from "#server/domain/matching/evidence.ts";
import type { LinkKind } from "#server/domain/matching/link-file.ts";
import { artists } from "./catalogue.ts";
import { PROVIDERS } from "./providers.ts";
import { users } from "./users.ts";

const KINDS = ["artist", "venue", "show", "song"] as const satisfies readonly LinkKind[];

/** Under which keys an artist or a venue is looked up when another record may be it, see `blockKeys`. WITHOUT ROWID. */
export const matchKeys = sqliteTable(
  "match_keys",
  {
    kind: text({ enum: ["artist", "venue"] }).notNull(),
    key: text().notNull(),
    /** Of the artist or venue. */
    id: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.key, t.id] }), index("match_keys_id").on(t.kind, t.id)],
);

/** What a provider says of a record that is none of ours yet. */
export interface MatchedRecord {
  name: string;
  /** Town, date, genre or the like: what tells it from others. */
  about: string | null;
  url: string | null;
}

/**
 * Two that may be the same: one of ours with another one of ours (`otherId`, the greater id), or with a provider's record
 * (`provider`, `providerId`). Without foreign keys, as ids are of four kinds; what is gone is left out by whoever reads.
 */
export const matches = sqliteTable(
  "matches",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    kind: text({ enum: KINDS }).notNull(),
    subjectId: integer("subject_id").notNull(),
    otherId: integer("other_id"),
    provider: text({ enum: PROVIDERS }),
    providerId: text("provider_id"),
    /** Of the provider's record. */
    record: text({ mode: "json" }).$type<MatchedRecord>(),
    /** 0 to 1. */
    confidence: real().notNull(),
    evidence: text({ mode: "json" }).$type<{ list: Evidence[] }>().notNull(),
    /** `review` waits for a moderator; `automatic` was joined without asking. */
    status: text({ enum: ["review", "automatic", "approved", "rejected"] }).notNull(),
    /** Epoch ms. */
    foundAt: integer("found_at").notNull(),
    decidedAt: integer("decided_at"),
    /** Null where nobody was asked, or from a file by the operator. */
    decidedBy: integer("decided_by").references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [
    uniqueIndex("matches_pair").on(t.kind, t.subjectId, t.otherId).where(sql`${t.otherId} IS NOT NULL`),
    uniqueIndex("matches_record").on(t.kind, t.provider, t.providerId, t.subjectId).where(sql`${t.provider} IS NOT NULL`),
    index("matches_subject").on(t.kind, t.subjectId),
    index("matches_other").on(t.kind, t.otherId).where(sql`${t.otherId} IS NOT NULL`),
    index("matches_status").on(t.status, t.kind, t.confidence, t.id),
    index("matches_decided").on(t.status, t.decidedAt),
    index("matches_decided_by").on(t.decidedBy).where(sql`${t.decidedBy} IS NOT NULL`),
    check("matches_other_side", sql`(${t.otherId} IS NULL) = (${t.provider} IS NOT NULL) AND (${t.provider} IS NULL) = (${t.providerId} IS NULL)`),
    check("matches_order", sql`${t.otherId} IS NULL OR ${t.subjectId} < ${t.otherId}`),
    check("matches_confidence", sql`${t.confidence} BETWEEN 0 AND 1`),
  ],
);

/** One of ours that became another one of ours. Its rows are in `merge_rows` until the merge is forgotten. */
export const merges = sqliteTable(
  "merges",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    kind: text({ enum: KINDS }).notNull(),
    /** Gone; ids are never used again, so that undoing can bring it back under its own. */
    fromId: integer("from_id").notNull(),
    intoId: integer("into_id").notNull(),
    /** What they were called. */
    fromName: text("from_name").notNull(),
    intoName: text("into_name").notNull(),
    /** The merge that this one is a part of, such as of the artists whose songs these are. */
    parentId: integer("parent_id"),
    /** Epoch ms. */
    at: integer().notNull(),
    /** Null where nobody was asked. */
    by: integer().references(() => users.id, { onDelete: "set null" }),
    undoneAt: integer("undone_at"),
    undoneBy: integer("undone_by").references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [
    index("merges_from").on(t.kind, t.fromId),
    index("merges_into").on(t.kind, t.intoId),
    index("merges_parent").on(t.parentId).where(sql`${t.parentId} IS NOT NULL`),
    index("merges_at").on(t.at),
    index("merges_by").on(t.by).where(sql`${t.by} IS NOT NULL`),
    index("merges_undone_by").on(t.undoneBy).where(sql`${t.undoneBy} IS NOT NULL`),
  ],
);

/** What a merge did to one row, so that it can be undone. */
export const mergeRows = sqliteTable(
  "merge_rows",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    mergeId: integer("merge_id")
      .notNull()
      .references(() => merges.id, { onDelete: "cascade" }),
    tableName: text("table_name").notNull(),
    /** `moved` to the one that stays, `dropped` as that has such a row, `added` to the one that stays, `changed` there. */
    what: text({ enum: ["moved", "dropped", "added", "changed"] }).notNull(),
    /** Tells the row from others of its table, as JSON. */
    key: text().notNull(),
    /** The row as it was, as JSON; null where its owner is all that changed. */
    row: text(),
  },
  (t) => [index("merge_rows_merge").on(t.mergeId, t.tableName, t.what)],
);

/** Addresses that lead to what has taken the place of the one they were of. WITHOUT ROWID. */
export const formerSlugs = sqliteTable(
  "former_slugs",
  {
    kind: text({ enum: ["artist", "venue", "show"] }).notNull(),
    slug: text().notNull(),
    /** Of the one that it leads to now. */
    id: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.slug] }), index("former_slugs_id").on(t.kind, t.id)],
);

/** Titles of one artist that a moderator, or a recording that both name, says are one song; they hold for what comes in later too. WITHOUT ROWID. */
export const songLinks = sqliteTable(
  "song_links",
  {
    artistId: integer("artist_id")
      .notNull()
      .references(() => artists.id, { onDelete: "cascade" }),
    titleKey: text("title_key").notNull(),
    /** The key of the song that it is; never itself linked to another one. */
    intoKey: text("into_key").notNull(),
  },
  (t) => [primaryKey({ columns: [t.artistId, t.titleKey] }), index("song_links_into").on(t.artistId, t.intoKey), check("song_links_other", sql`${t.titleKey} <> ${t.intoKey}`)],
);

/** A file of links on its way in: its lines are read first, and carried out when all of them have been checked. */
export const linkFiles = sqliteTable(
  "link_files",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** Null from the operator's command line. */
    by: integer().references(() => users.id, { onDelete: "cascade" }),
    startedAt: integer("started_at").notNull(),
  },
  (t) => [index("link_files_by").on(t.by).where(sql`${t.by} IS NOT NULL`)],
);

/** The lines of a file, as they were read. WITHOUT ROWID. */
export const linkLines = sqliteTable(
  "link_lines",
  {
    fileId: integer("file_id")
      .notNull()
      .references(() => linkFiles.id, { onDelete: "cascade" }),
    /** Of the file, from 1. */
    line: integer().notNull(),
    action: text({ enum: ["approve", "reject", "merge"] }).notNull(),
    kind: text({ enum: KINDS }).notNull(),
    /** One of ours. */
    id: integer().notNull(),
    provider: text({ enum: PROVIDERS }),
    providerId: text("provider_id"),
    intoId: integer("into_id"),
  },
  (t) => [
    primaryKey({ columns: [t.fileId, t.line] }),
    index("link_lines_record").on(t.fileId, t.kind, t.provider, t.providerId, t.id),
    index("link_lines_id").on(t.fileId, t.kind, t.id),
    check("link_lines_other_side", sql`(${t.action} = 'merge') = (${t.intoId} IS NOT NULL) AND (${t.action} = 'merge') = (${t.provider} IS NULL) AND (${t.provider} IS NULL) = (${t.providerId} IS NULL)`),
  ],
);
