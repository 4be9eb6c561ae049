import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const users = sqliteTable(
  "users",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** Lower-case; the one name of an account. */
    email: text().notNull().unique(),
    displayName: text("display_name").notNull(),
    /** Encoded argon2id hash; null for demo fans, who cannot sign in. */
    passwordHash: text("password_hash"),
    role: text({ enum: ["user", "moderator", "admin"] }).notNull().default("user"),
    demo: integer({ mode: "boolean" }).notNull().default(false),
    createdAt: integer("created_at").notNull(),
  },
  (t) => [
    check("users_role", sql`${t.role} IN ('user', 'moderator', 'admin')`),
    index("users_demo").on(t.demo).where(sql`${t.demo} = 1`),
  ],
);

export const sessions = sqliteTable(
  "sessions",
  {
    /** SHA-256 of the session id in the cookie, so a copy of the database signs nobody in. */
    idHash: text("id_hash").primaryKey(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (t) => [index("sessions_user").on(t.userId), index("sessions_expires").on(t.expiresAt)],
);

export const apiTokens = sqliteTable(
  "api_tokens",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** SHA-256 of the whole token. */
    tokenHash: text("token_hash").notNull().unique(),
    /** The first characters, for telling tokens apart in a list. */
    prefix: text().notNull(),
    createdAt: integer("created_at").notNull(),
    lastUsedAt: integer("last_used_at"),
  },
  (t) => [index("api_tokens_user").on(t.userId)],
);
