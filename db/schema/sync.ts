import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { artists } from "./catalogue.ts";
import { PROVIDERS } from "./providers.ts";
import { users } from "./users.ts";

/** An artist's catalogue on its way in. Times are epoch ms. */
export const imports = sqliteTable(
  "imports",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** The job that does it. */
    jobId: integer("job_id").notNull(),
    /** As it was asked for, then as the provider has it. */
    name: text().notNull(),
    /** Null until it is known who is meant. */
    artistId: integer("artist_id").references(() => artists.id, { onDelete: "set null" }),
    requestedBy: integer("requested_by").references(() => users.id, { onDelete: "set null" }),
    phase: text({
      enum: ["initializing", "identities", "songs", "shows", "setlists", "ballots", "done", "failed", "cancelled"],
    }).notNull(),
    phaseStartedAt: integer("phase_started_at").notNull(),
    /** What came in, and of how many where a provider says: records read, by phase, and refused ones by reason. */
    counts: text({ mode: "json" }).$type<ImportCounts>().notNull(),
    /** What whoever asked should know, such as which artists could be meant. */
    problem: text({ mode: "json" }).$type<ImportProblem>(),
    createdAt: integer("created_at").notNull(),
    finishedAt: integer("finished_at"),
  },
  (t) => [
    uniqueIndex("imports_job").on(t.jobId),
    index("imports_phase").on(t.phase, t.id),
    index("imports_artist").on(t.artistId),
    index("imports_requested_by").on(t.requestedBy, t.id),
  ],
);

export interface ImportCounts {
  songs: { read: number; of: number | null };
  albums: { read: number; of: number | null };
  shows: { read: number; of: number | null };
  setlists: { read: number; of: number | null };
  refused: Record<string, number>;
  /** Records that had come in when the phase began; absent for none. */
  before?: number;
}

export type ImportList = "songs" | "albums" | "shows" | "setlists";

export interface ImportProblem {
  reason: string;
  message: string;
  /** Who could be meant. */
  candidates?: { provider: string; id: string; name: string; about: string | null; url: string | null }[];
}

/** The fans who asked for an import. WITHOUT ROWID. */
export const importAskers = sqliteTable(
  "import_askers",
  {
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    importId: integer("import_id")
      .notNull()
      .references(() => imports.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.userId, t.importId] }), index("import_askers_import").on(t.importId)],
);

/** What was last seen of one list of a provider about an artist: tells a later run what has changed. WITHOUT ROWID. */
export const listMarks = sqliteTable(
  "list_marks",
  {
    artistId: integer("artist_id")
      .notNull()
      .references(() => artists.id, { onDelete: "cascade" }),
    provider: text({ enum: PROVIDERS }).notNull(),
    /** Such as "recordings". */
    list: text().notNull(),
    /** How many there were; null where the provider does not say. */
    total: integer(),
    /** Digest of the first page's records. */
    digest: text(),
    /** When the whole list was last read from end to end, epoch ms. */
    walkedAt: integer("walked_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.artistId, t.provider, t.list] })],
);

/** When something is to be looked at next. WITHOUT ROWID. */
export const dueTimes = sqliteTable(
  "due_times",
  {
    kind: text({ enum: ["artist", "shows", "setlists", "venue", "setlist"] }).notNull(),
    /** Of the artist, venue or show. */
    id: integer().notNull(),
    /** Epoch ms. */
    dueAt: integer("due_at").notNull(),
    checkedAt: integer("checked_at"),
    /** Looks in a row that found the same. */
    unchanged: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.kind, t.id] }), index("due_times_due").on(t.kind, t.dueAt)],
);

/** Answers of providers, to be used again or to be told that they still hold. WITHOUT ROWID. */
export const providerAnswers = sqliteTable(
  "provider_answers",
  {
    key: text().primaryKey(),
    status: integer().notNull(),
    digest: text().notNull(),
    /** Compressed with zstd, in base64; null where there is no way to use it again. */
    body: text(),
    etag: text(),
    lastModified: text("last_modified"),
    /** Epoch ms. */
    checkedAt: integer("checked_at").notNull(),
  },
  (t) => [index("provider_answers_checked").on(t.checkedAt)],
);

/** Requests sent to a provider on a UTC day. WITHOUT ROWID. */
export const providerDays = sqliteTable(
  "provider_days",
  {
    provider: text({ enum: PROVIDERS }).notNull(),
    /** yyyy-mm-dd. */
    day: text().notNull(),
    requests: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.day] })],
);

/** Requests of visitors in one hour, all processes together. */
export const trafficHours = sqliteTable("traffic_hours", {
  /** When the hour began, epoch ms. */
  at: integer().primaryKey(),
  requests: integer().notNull(),
});
