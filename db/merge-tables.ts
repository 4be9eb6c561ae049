import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import type { LinkKind } from "#server/domain/matching/link-file.ts";
import * as schema from "./schema/index.ts";

/** A column of a table that says whose its rows are. */
export interface Pointer {
  table: SQLiteTable;
  column: string;
  /** Tell the rows of one owner apart. */
  key: string[];
  /** The same where two of one owner may not share them: such a row of what goes is dropped if the other has one. */
  alone?: boolean;
  /** The rows of a table for several kinds: its column and the values that are of this one. */
  only?: { column: string; values: string[] };
}

const ofKind = (...values: string[]) => ({ column: "kind", values });

/** Rows that go over to the one that stays, in this order. */
export const MOVED: Record<LinkKind, Pointer[]> = {
  artist: [
    { table: schema.artistIdentities, column: "artist_id", key: ["provider", "provider_id"] },
    { table: schema.albums, column: "artist_id", key: ["provider", "provider_id"], alone: true },
    { table: schema.imports, column: "artist_id", key: ["id"] },
    { table: schema.shows, column: "artist_id", key: ["id"] },
    { table: schema.showIdentities, column: "artist_id", key: ["provider", "provider_id"], alone: true },
    { table: schema.songVariants, column: "artist_id", key: ["provider", "provider_id"], alone: true },
    { table: schema.songAliases, column: "artist_id", key: ["alias_key", "song_id"] },
    { table: schema.matchKeys, column: "id", key: ["key"], alone: true, only: ofKind("artist") },
    { table: schema.formerSlugs, column: "id", key: ["slug"], only: ofKind("artist") },
    { table: schema.unmatchedTitles, column: "artist_id", key: ["title_key"], alone: true },
  ],
  venue: [
    { table: schema.venueIdentities, column: "venue_id", key: ["provider", "provider_id"] },
    { table: schema.shows, column: "venue_id", key: ["id"] },
    { table: schema.matchKeys, column: "id", key: ["key"], alone: true, only: ofKind("venue") },
    { table: schema.formerSlugs, column: "id", key: ["slug"], only: ofKind("venue") },
  ],
  show: [
    { table: schema.actualSetlists, column: "show_id", key: ["id"] },
    { table: schema.showIdentities, column: "show_id", key: ["provider", "provider_id", "artist_id"] },
    { table: schema.quarantineCases, column: "show_id", key: ["id"] },
    { table: schema.quarantineFans, column: "show_id", key: ["user_id"], alone: true },
    { table: schema.formerSlugs, column: "id", key: ["slug"], only: ofKind("show") },
  ],
  song: [
    { table: schema.songVariants, column: "song_id", key: ["provider", "provider_id"] },
    { table: schema.playedSongs, column: "song_id", key: ["setlist_id", "position", "title_key"] },
    { table: schema.songChances, column: "song_id", key: ["show_id"] },
    { table: schema.unmatchedTitles, column: "suggested_song_id", key: ["artist_id", "title_key"] },
  ],
};

/** Rows that the one that stays has of its own, or has no use for. */
export const DROPPED: Record<LinkKind, Pointer[]> = {
  artist: [
    { table: schema.listMarks, column: "artist_id", key: ["provider", "list"] },
    { table: schema.dueTimes, column: "id", key: ["kind"], only: ofKind("artist", "shows", "setlists") },
    { table: schema.forecasters, column: "artist_id", key: ["artist_id"] },
    { table: schema.artistStatistics, column: "artist_id", key: ["scope", "name"] },
    { table: schema.standings, column: "artist_id", key: ["board", "name", "user_id"] },
  ],
  venue: [{ table: schema.dueTimes, column: "id", key: ["kind"], only: ofKind("venue") }],
  show: [
    { table: schema.showTrends, column: "show_id", key: ["show_id"] },
    { table: schema.fraudChecks, column: "show_id", key: ["show_id"] },
    { table: schema.dueTimes, column: "id", key: ["kind"], only: ofKind("setlist") },
    { table: schema.songChances, column: "show_id", key: ["song_id"] },
    { table: schema.forecasts, column: "show_id", key: ["show_id"] },
    { table: schema.fanScores, column: "show_id", key: ["user_id"] },
    { table: schema.showScores, column: "show_id", key: ["show_id"] },
    { table: schema.tallyHistory, column: "show_id", key: ["at"] },
    { table: schema.calls, column: "show_id", key: ["user_id", "role"] },
    { table: schema.setlistSongs, column: "show_id", key: ["id"] },
    { table: schema.predictedSetlists, column: "show_id", key: ["show_id"] },
  ],
  song: [
    { table: schema.songAliases, column: "song_id", key: ["alias_key", "song_id"] },
    { table: schema.setlistSongs, column: "song_id", key: ["id"] },
  ],
};

/** What has a way of its own here, and what is left as it is, each with the reason; "table.column". */
export const OTHERWISE: Record<string, string> = {
  "songs.artist_id": "those of one title or key are merged, the others go over",
  "song_links.artist_id": "joined with those of the one that stays, so that none leads to a linked title",
  "billed_artists.show_id": "the bill of the one that stays, unless it has none",
  "show_allowances.show_id": "joined fan by fan",
  "votes.show_id": "go over with the songs that they are for",
  "votes.setlist_song_id": "go over with the songs that they are for",
  "calls.setlist_song_id": "go with the place on the ballot that they name",
  "events.show_id": "the outbox tells what was",
};

/** The table of each kind. */
export const RECORDS = { artist: schema.artists, venue: schema.venues, show: schema.shows, song: schema.songs } satisfies Record<LinkKind, SQLiteTable>;

export interface TableShape {
  name: string;
  columns: { name: string; real: boolean }[];
  /** Rows that must be there before a row of this table; `optional` ones are left out where they are gone. */
  parents: { table: string; columns: string[]; of: string[]; optional: boolean }[];
}

const shapes = new Map<SQLiteTable, TableShape>();

/** What the database knows of a table, read once from the schema. */
export function shapeOf(table: SQLiteTable): TableShape {
  const known = shapes.get(table);
  if (known) return known;
  const { name, columns, foreignKeys } = getTableConfig(table);
  const parents = foreignKeys.map((key) => {
    const { columns: own, foreignTable, foreignColumns } = key.reference();
    const names = { columns: own.map((column) => column.name), of: foreignColumns.map((column) => column.name) };
    return { table: getTableConfig(foreignTable).name, ...names, optional: key.onDelete === "set null" };
  });
  const shape = { name, columns: columns.map((column) => ({ name: column.name, real: column.getSQLType() === "real" })), parents };
  shapes.set(table, shape);
  return shape;
}
