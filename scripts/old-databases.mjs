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
  3: [
    `UPDATE songs SET title_key = search_title, ballot_worthy = likelihood_rank < ${BALLOT + 3}`,
    `UPDATE shows SET status = 'postponed' WHERE id = 3`,
    `INSERT INTO artists (slug, name, search_name, disambiguation) VALUES ('the-openers', 'The Openers', 'the openers', 'duo')`,
    `INSERT INTO venues (slug, name, region, time_zone) VALUES ('club', 'Club', 'Texas', 'America/Chicago')`,
    `INSERT INTO billed_artists VALUES (1, 1, 'Hozier', 'ticketmaster', 'K1'), (1, 2, 'The Openers', 'ticketmaster', 'K2')`,
    `INSERT INTO artist_identities (provider, provider_id, confidence, status, evidence, artist_id) VALUES ('musicbrainz', 'mb-1', 1, 'automatic', '{}', 1)`,
    `INSERT INTO venue_identities (provider, provider_id, confidence, status, evidence, venue_id) VALUES ('setlistfm', 'v-1', 0.75, 'approved', '{}', 1)`,
    `INSERT INTO show_identities (provider, provider_id, confidence, status, evidence, artist_id, show_id) SELECT 'ticketmaster', 'e-' || id, 1, 'automatic', '{}', 1, id FROM shows`,
    `INSERT INTO albums (artist_id, provider, provider_id, title, kind, released_on) VALUES (1, 'spotify', 'a-1', 'Album', 'album', '2014-09')`,
    `INSERT INTO song_variants (artist_id, provider, provider_id, song_id, title, title_key, kind, live, video) SELECT 1, 'musicbrainz', 'r-' || id, id, title, title_key, 'original', 0, 0 FROM songs`,
    `INSERT INTO actual_setlists (show_id, provider, provider_id, version, url, stored_at) VALUES (2, 'setlistfm', 's-1', 'v1', 'https://example.org/s-1', 1)`,
    `INSERT INTO actual_sets VALUES (1, 1, NULL, NULL), (1, 2, NULL, 1)`,
    `INSERT INTO played_songs (setlist_id, position, set_number, title, title_key, song_id, tape) SELECT 1, id, iif(id > 8, 2, 1), title, title_key, iif(id = 4, NULL, id), id = 1 FROM songs WHERE id <= 10`,
    `INSERT INTO jobs (name, key, payload, lane, priority, state, run_at, requested_by, created_at, finished_at) VALUES ('import-artist', 'hozier', '{}', 'asked', 1, 'done', 1, 2, 1, 2), ('sync-shows', '', '{}', 'upkeep', 2, 'queued', 1, NULL, 1, NULL)`,
    `INSERT INTO job_runs (job_id, name, started_at, duration_ms, result) VALUES (1, 'import-artist', 1, 1, 'done')`,
    `INSERT INTO job_days VALUES ('2026-06-12', 'import-artist', 'done', 1, 1, 1, NULL)`,
    `INSERT INTO schedule_ticks VALUES ('sync-shows', 1)`,
    `INSERT INTO imports (job_id, name, artist_id, requested_by, phase, phase_started_at, counts, created_at, finished_at) VALUES (1, 'Hozier', 1, 2, 'done', 1, '{}', 1, 2)`,
    `INSERT INTO import_askers VALUES (2, 1)`,
    `INSERT INTO list_marks VALUES (1, 'musicbrainz', 'recordings', ${BALLOT + 3}, 'digest', 1)`,
    `INSERT INTO due_times VALUES ('artist', 1, 1, NULL, 0)`,
    `INSERT INTO song_aliases VALUES (1, 'alias', 1)`,
    `INSERT INTO show_trends VALUES (1, 5, 0.5, 1)`,
    `INSERT INTO traffic_hours VALUES (3600000, 7)`,
    `INSERT INTO provider_answers (key, status, digest, body, checked_at) VALUES ('musicbrainz /artist/mb-1', 200, 'digest', NULL, 1)`,
    `INSERT INTO provider_days VALUES ('musicbrainz', '2026-06-12', 7)`,
    `INSERT INTO events (at, kind, show_id, payload) VALUES (1, 'import.changed', NULL, '{}'), (1, 'show.changed', 3, '{}')`,
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
