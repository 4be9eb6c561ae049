import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openWriter } from "../db/client.ts";
import { migrate, readMigrations } from "../db/migrate.ts";
import { root } from "./processes.mjs";

/**
 * Makes tests/fixtures/databases/NNNN.db.gz: a small database of each schema that there has been, for
 * the tests that upgrade them. Run it with every new migration. One that is there stays as it is,
 * since an older program made it: only missing ones are made, with the rows of today's script.
 */
const folder = join(root, "tests/fixtures/databases");

const FANS = 40;
const SHOWS = 3;
const BALLOT = 12;
const PER_SHOW = 3;
const DAY = 20_617;

const upTo = (n) => `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${n}) SELECT i FROM n)`;

/** Rows by columns that every schema has. */
const rows = [
  `INSERT INTO users (id, email, display_name, password_hash, role, created_at)
   SELECT i, 'fan-' || i || '@example.org', 'Fan ' || i || ' "ü"', '$argon2id$made-up-' || i, iif(i = 1, 'admin', 'user'), ${DAY} * 86400000 FROM ${upTo(FANS)}`,
  `INSERT INTO sessions (id_hash, user_id, created_at, expires_at) SELECT 'session-' || i, i, 1, 9000000000000 FROM ${upTo(5)}`,
  `INSERT INTO api_tokens (user_id, name, token_hash, prefix, created_at, last_used_at) VALUES (1, 'door', 'token-1', 'ths_door', 1, NULL)`,
  `INSERT INTO artists (id, slug, name, search_name, genre, country) VALUES (1, 'hozier', 'Hozier', 'hozier', 'Soul', 'IE')`,
  `INSERT INTO venues (id, slug, name, city, country, latitude, longitude, capacity, time_zone)
   VALUES (1, 'hall-berlin', 'Hall', 'Berlin', 'DE', 52, 13.4050001, NULL, 'Europe/Berlin')`,
  `INSERT INTO songs (id, artist_id, title, search_title, likelihood_rank) SELECT i, 1, 'Song ' || i, 'song ' || i, i FROM ${upTo(BALLOT + 3)}`,
  `INSERT INTO shows (id, slug, artist_id, venue_id, tour, local_date, starts_at)
   SELECT i, 'hozier-hall-' || i, 1, 1, iif(i = 1, 'Tour', NULL), '2030-06-0' || i, 1906567200000 FROM ${upTo(SHOWS)}`,
  `INSERT INTO predicted_setlists (show_id, closes_at, created_at) SELECT id, starts_at, 1 FROM shows`,
  `INSERT INTO setlist_songs (show_id, song_id, position, added_by, suggested)
   SELECT shows.id, songs.id, songs.id, iif(songs.id = ${BALLOT}, 2, NULL), songs.id = ${BALLOT} FROM shows CROSS JOIN songs WHERE songs.id <= ${BALLOT} ORDER BY 1, 2`,
  `INSERT INTO show_allowances (user_id, show_id, votes, additions) SELECT i, shows.id, ${PER_SHOW}, i = 2 FROM ${upTo(FANS)} CROSS JOIN shows`,
  `INSERT INTO day_allowances (user_id, day, votes) SELECT i, ${DAY}, ${PER_SHOW * SHOWS} FROM ${upTo(FANS)}`,
  `INSERT INTO votes (show_id, user_id, setlist_song_id, cast_at)
   SELECT shows.id, fan.i, (shows.id - 1) * ${BALLOT} + (fan.i * fan.i + nth.i * 5) % ${BALLOT} + 1, ${DAY} * 86400000 + fan.i
   FROM shows CROSS JOIN ${upTo(FANS)} fan CROSS JOIN ${upTo(PER_SHOW)} nth`,
  `INSERT INTO events (at, kind, show_id, payload) SELECT 1, 'tally.changed', id, '{"version":1}' FROM shows`,
  `INSERT INTO audit_log (at, actor_id, action, subject, subject_id, details) VALUES (1, 1, 'voting.lock', 'show', 1, '{}')`,
  `INSERT INTO removed_pages (kind, slug, removed_at) VALUES ('show', 'gone-2026', 1)`,
  `INSERT INTO settings (key, value) VALUES ('demo', 'removed')`,
];

/** Rows that a later schema made room for, by the number of its migration. */
const later = {
  2: [
    `INSERT INTO quarantine_cases (id, show_id, opened_at, score, signals, held_at) VALUES (1, 1, 1, 0.875, '[]', 1)`,
    `INSERT INTO quarantine_fans (show_id, user_id, case_id) VALUES (1, 7, 1)`,
    `UPDATE show_allowances SET network = 'hashed', first_cast_at = 1, quarantined_at = iif(user_id = 7 AND show_id = 1, 1, NULL)`,
  ],
};

/** Counters as the program of that schema kept them; fans of a case are out of the tally. */
function counters(number) {
  const counted = number < 2 ? "votes" : "votes JOIN show_allowances a ON a.show_id = votes.show_id AND a.user_id = votes.user_id AND a.quarantined_at IS NULL";
  return [
    `UPDATE setlist_songs SET votes = (SELECT count(*) FROM ${counted} WHERE votes.setlist_song_id = setlist_songs.id)`,
    `UPDATE shows SET total_votes = (SELECT count(*) FROM ${counted} WHERE votes.show_id = shows.id), tally_version = 5`,
  ];
}

async function make(number, migrations, target) {
  const room = mkdtempSync(join(tmpdir(), "theset-old-"));
  const path = join(room, "theset.db");
  const writer = await openWriter(`file:${path}`);
  await migrate(writer.client, migrations.slice(0, number + 1));
  const extra = Object.entries(later).flatMap(([since, statements]) => (number >= Number(since) ? statements : []));
  for (const statement of [...rows, ...extra, ...counters(number)]) await writer.client.execute(statement);
  await writer.client.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  writer.close();
  writeFileSync(target, gzipSync(readFileSync(path), { level: 9 }));
  rmSync(room, { recursive: true });
}

mkdirSync(folder, { recursive: true });
const migrations = readMigrations(join(root, "db/migrations"));
for (const number of migrations.keys()) {
  const target = join(folder, `${String(number).padStart(4, "0")}.db.gz`);
  if (existsSync(target)) continue;
  await make(number, migrations, target);
  console.log(`${target} is made.`);
}
