import type { LinkFileOutcome } from "#server/domain/matching/link-faults.ts";
import { faultWords } from "#server/domain/matching/link-faults.ts";
import { exportLinks } from "#server/links/export-links.ts";
import type { LinkFormat } from "#server/links/format.ts";
import { importLinks } from "#server/links/import-links.ts";
import type { DirectWriter } from "./direct-writer.ts";
import { startDirectWriter } from "./direct-writer.ts";

export interface LinkStage extends DirectWriter {
  /** A whole file of links. */
  file(format?: LinkFormat): Promise<string>;
  /** Sends a file, in pieces of so many bytes. */
  send(text: string | Uint8Array, options?: { format?: LinkFormat; dryRun?: boolean; piece?: number; most?: number }): Promise<LinkFileOutcome>;
  /** What is wrong with a file, in words; empty where it was carried out. */
  problems(text: string | Uint8Array, options?: { format?: LinkFormat; piece?: number; most?: number }): Promise<string[]>;
  /** Every row of every table but those that count. */
  allRows(): Promise<Record<string, string[]>>;
}

/** Four artists, of whom 1 and 2 are known to Spotify, two venues, three shows of artist 1 and one of artist 2, and three songs of artist 1. */
const SCENE = [
  "INSERT INTO artists (id, slug, name, search_name, demo) VALUES (1, 'lark', 'Lark', 'lark', 0), (2, 'owl', 'Owl', 'owl', 0), (3, 'elk', 'Elk', 'elk', 0), (4, 'yak', 'Yak', 'yak', 0), (9, 'demo', 'Demo', 'demo', 1)",
  "INSERT INTO venues (id, slug, name, time_zone) VALUES (1, 'hall', 'Hall', 'UTC'), (2, 'barn', 'Barn', 'UTC')",
  "INSERT INTO shows (id, slug, artist_id, venue_id, local_date) VALUES (1, 's1', 1, 1, '2026-07-01'), (2, 's2', 1, 1, '2026-07-02'), (3, 's3', 1, 2, '2026-07-03'), (4, 's4', 2, 1, '2026-07-01')",
  "INSERT INTO songs (id, artist_id, title, search_title, title_key, likelihood_rank) VALUES (1, 1, 'Dawn', 'dawn', 'dawn', 1), (2, 1, 'Daybreak', 'daybreak', 'daybreak', 2), (3, 1, 'Dusk', 'dusk', 'dusk', 3)",
  "INSERT INTO song_variants (artist_id, provider, provider_id, song_id, title, title_key, kind, live, video) VALUES (1, 'spotify', 'r1', 1, 'Dawn', 'dawn', 'original', 0, 0), (1, 'spotify', 'r2', 2, 'Daybreak', 'daybreak', 'original', 0, 0), (1, 'spotify', 'r3', 3, 'Dusk', 'dusk', 'original', 0, 0), (1, 'spotify', 'r3b', 3, 'Dusk (live)', 'dusk', 'live', 1, 0)",
  "INSERT INTO artist_identities (provider, provider_id, artist_id, confidence, status, evidence, digest) VALUES ('spotify', 'a1', 1, 1, 'automatic', '{}', 'd'), ('spotify', 'a2', 2, 1, 'approved', '{}', 'd'), ('spotify', 'wrong', 1, 1, 'rejected', '{}', NULL)",
  "INSERT INTO venue_identities (provider, provider_id, venue_id, confidence, status, evidence) VALUES ('ticketmaster', 'v1', 1, 1, 'automatic', '{}')",
  "INSERT INTO show_identities (provider, provider_id, artist_id, show_id, confidence, status, evidence, digest) VALUES ('ticketmaster', 'e1', 1, 1, 1, 'automatic', '{}', 'd'), ('ticketmaster', 'e1', 2, 4, 1, 'automatic', '{}', 'd'), ('ticketmaster', 'tba', 1, NULL, 1, 'automatic', '{}', 'd')",
  `INSERT INTO matches (kind, subject_id, provider, provider_id, confidence, evidence, status, found_at, decided_at) VALUES
    ('artist', 3, 'spotify', 'a2', 0.7, '{"list":[]}', 'rejected', 1, 2), ('show', 2, 'ticketmaster', 'e1', 0.7, '{"list":[]}', 'rejected', 1, 2), ('song', 1, 'spotify', 'r2', 0.7, '{"list":[]}', 'rejected', 1, 2), ('artist', 4, 'spotify', 'wait', 0.8, '{"list":[]}', 'review', 1, NULL)`,
];

/** The program's commands over a database with links of every kind. */
export async function startLinkStage(): Promise<LinkStage> {
  const writer = await startDirectWriter();
  await writer.database.change(async (tx) => {
    for (const statement of SCENE) await tx.run(statement);
  });
  const send: LinkStage["send"] = (text, { format = "csv", dryRun = false, piece = 7, most } = {}) =>
    importLinks({ write: (name, input) => writer.run(name, input), by: null, source: pieces(text, piece), format, dryRun, ...(most !== undefined && { most }) });
  return {
    ...writer,
    send,
    async file(format = "csv") {
      let text = "";
      for await (const piece of exportLinks(writer.database.reader, format)) text += piece;
      return text;
    },
    async problems(text, options = {}) {
      const outcome = await send(text, options);
      return outcome.ok ? [] : outcome.faults.map((fault) => faultWords(fault, options.format));
    },
    async allRows() {
      const tables = await writer.database.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
      const all = await Promise.all(tables.map(async ({ name }) => [String(name), (await writer.database.rows(`SELECT * FROM "${String(name)}"`)).map((row) => JSON.stringify(row))] as const));
      return Object.fromEntries(all);
    },
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}

/** A file as it comes in over a network. */
async function* pieces(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}
