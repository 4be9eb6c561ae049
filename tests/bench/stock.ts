import { join } from "node:path";
import { sql } from "drizzle-orm";
import { openWriter } from "#db/client.ts";
import { migrate, readMigrations } from "#db/migrate.ts";
import { hashToken } from "#server/auth/tokens.ts";
import { fanToken } from "./load/targets.ts";

export interface Stock {
  shows: { id: number; slug: string; setlistSongIds: number[] }[];
  /** API token of each fan. */
  tokens: string[];
}

export interface StockSize {
  shows: number;
  songsPerShow: number;
  fans: number;
}

/** Fills an empty database file with shows that take votes and fans who can cast them. */
export async function stockDatabase(url: string, size: StockSize): Promise<Stock> {
  const writer = await openWriter(url);
  await migrate(writer.client, readMigrations(join(process.cwd(), "db/migrations")));
  const tokens = Array.from({ length: size.fans }, (_, i) => fanToken(i + 1));
  const hashes = JSON.stringify(tokens.map(hashToken));
  const closesAt = Date.now() + 86_400_000;
  const localDate = new Date(closesAt).toISOString().slice(0, 10);
  await writer.db.transaction(async (tx) => {
    const upTo = (n: number) => sql`(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${n}) SELECT i FROM n)`;
    await tx.run(sql`INSERT INTO artists (id, slug, name, search_name, genre, country)
      VALUES (1, 'bench', 'Bench', 'bench', 'Rock', 'GB')`);
    await tx.run(sql`INSERT INTO venues (id, slug, name, city, country, latitude, longitude, time_zone)
      VALUES (1, 'hall', 'Hall', 'Berlin', 'DE', 52.5, 13.4, 'Europe/Berlin')`);
    await tx.run(sql`INSERT INTO songs (id, artist_id, title, search_title, likelihood_rank)
      SELECT i, 1, 'A song of a usual length ' || i, 'song ' || i, i FROM ${upTo(size.songsPerShow)}`);
    await tx.run(sql`INSERT INTO shows (id, slug, artist_id, venue_id, local_date, starts_at)
      SELECT i, 'bench-' || i, 1, 1, ${localDate}, ${closesAt} FROM ${upTo(size.shows)}`);
    await tx.run(sql`INSERT INTO predicted_setlists (show_id, closes_at, created_at)
      SELECT id, ${closesAt}, 0 FROM shows`);
    await tx.run(sql`INSERT INTO setlist_songs (show_id, song_id, position)
      SELECT shows.id, songs.id, songs.id FROM shows CROSS JOIN songs ORDER BY shows.id, songs.id`);
    await tx.run(sql`INSERT INTO users (id, email, display_name, created_at)
      SELECT i, 'fan-' || i || '@bench.invalid', 'Fan ' || i, 0 FROM ${upTo(size.fans)}`);
    await tx.run(sql`INSERT INTO api_tokens (user_id, name, token_hash, prefix, created_at, last_used_at)
      SELECT key + 1, 'bench', value, 'ths_bench_', 0, ${Date.now()} FROM json_each(${hashes})`);
  });
  // The file alone is copied by those who need many of it.
  await writer.client.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  writer.close();
  const shows = Array.from({ length: size.shows }, (_, s) => ({
    id: s + 1,
    slug: `bench-${s + 1}`,
    setlistSongIds: Array.from({ length: size.songsPerShow }, (_, i) => s * size.songsPerShow + i + 1),
  }));
  return { shows, tokens };
}
