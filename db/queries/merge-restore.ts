import { sql, type SQL } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Transaction } from "../client.ts";
import { isLogged, logOf } from "../merge-sql.ts";
import { shapeOf, type Pointer, type TableShape } from "../merge-tables.ts";

/** Gives rows back that were moved and are still where they were moved to. */
export async function moveBack(tx: Transaction, pointer: Pointer, mergeIds: number[], unless: SQL = sql``): Promise<void> {
  const { name } = shapeOf(pointer.table);
  const column = sql.raw(`"${pointer.column}"`);
  const part = pointer.only ? sql.raw(` AND t."${pointer.only.column}" IN (${pointer.only.values.map((value) => `'${value}'`).join(", ")})`) : sql``;
  await tx.run(sql`
    WITH moved AS MATERIALIZED (
      SELECT merge.from_id, merge.into_id, log.key FROM merge_rows log CROSS JOIN merges merge ON merge.id = log.merge_id WHERE ${logOf(mergeIds, name, "moved")})
    UPDATE ${sql.raw(name)} AS t SET ${column} = moved.from_id FROM moved WHERE t.${column} = moved.into_id AND ${isLogged(pointer, "t")} ${part} ${unless}`);
}

const RECORDS: Record<string, string> = { artists: "artist", venues: "venue", shows: "show", songs: "song" };

/** What a parent's id leads to now: itself, or what it has been merged into; null where that is gone too. */
function standing(table: string, id: string): string {
  const kind = RECORDS[table];
  if (kind === undefined) return `(SELECT id FROM ${table} WHERE id = ${id})`;
  return `(WITH RECURSIVE moved(id) AS (SELECT ${id} UNION SELECT next.into_id FROM moved CROSS JOIN merges next ON next.kind = '${kind}' AND next.from_id = moved.id AND next.undone_at IS NULL)
    SELECT there.id FROM moved CROSS JOIN ${table} there ON there.id = moved.id LIMIT 1)`;
}

/** The cells of a row in the log; what it points to may have been merged since. */
function cells({ columns, parents }: TableShape): string[] {
  const single = new Map(parents.filter(({ columns: own }) => own.length === 1).map((parent) => [parent.columns[0]!, parent]));
  return columns.map(({ name }) => {
    const cell = `(log.row ->> '${name}')`;
    const parent = single.get(name);
    return parent && parent.of[0] === "id" ? standing(parent.table, cell) : cell;
  });
}

/** That what a row can't be without is there. */
function hasParents({ parents }: TableShape): string[] {
  return parents
    .filter(({ optional }) => !optional)
    .map(({ table, columns, of }) => {
      const cell = (name: string) => `(log.row ->> '${name}')`;
      if (columns.length === 1 && of[0] === "id") return `(${cell(columns[0]!)} IS NULL OR ${standing(table, cell(columns[0]!))} IS NOT NULL)`;
      return `EXISTS (SELECT 1 FROM ${table} p WHERE ${columns.map((column, i) => `p."${of[i]}" = ${cell(column)}`).join(" AND ")})`;
    });
}

/** Puts rows back that were dropped, if what they belong to is there and no other row has taken their place. */
export async function restoreRows(tx: Transaction, table: SQLiteTable, mergeIds: number[]): Promise<void> {
  const shape = shapeOf(table);
  const names = shape.columns.map(({ name }) => `"${name}"`).join(", ");
  const there = hasParents(shape).map((condition) => ` AND ${condition}`);
  await tx.run(sql`
    INSERT OR IGNORE INTO ${sql.raw(`${shape.name} (${names})`)} SELECT ${sql.raw(cells(shape).join(", "))} FROM merge_rows log
    WHERE ${logOf(mergeIds, shape.name, "dropped")} ${sql.raw(there.join(""))} ORDER BY log.id`);
}

/** Takes rows away that were added. */
export async function removeAdded(tx: Transaction, { table, key }: Pick<Pointer, "table" | "key">, mergeIds: number[]): Promise<void> {
  const { name } = shapeOf(table);
  const logged = sql.raw(key.map((_, i) => `log.key ->> ${i}`).join(", "));
  await tx.run(sql`
    DELETE FROM ${sql.raw(`${name} WHERE (${key.map((column) => `"${column}"`).join(", ")})`)} IN (
      SELECT ${logged} FROM merge_rows log WHERE ${logOf(mergeIds, name, "added")})`);
}

/** Sets columns back to what they were, where they are what the merge made of them. */
export async function changeBack(tx: Transaction, table: SQLiteTable, columns: string[], mergeIds: number[]): Promise<void> {
  const { name } = shapeOf(table);
  const set = columns.map(
    (column) => `"${column}" = iif(json_type(log.row, '$.is.${column}') IS NULL OR t."${column}" IS NOT (log.row -> 'is' ->> '${column}'), t."${column}", log.row -> 'was' ->> '${column}')`,
  );
  await tx.run(sql`
    UPDATE OR IGNORE ${sql.raw(name)} AS t SET ${sql.raw(set.join(", "))} FROM merge_rows log WHERE ${logOf(mergeIds, name, "changed")} AND t.id = log.key ->> 0`);
}

/** Forgets what merges did, but for votes that found no way back: they stay set aside. */
export async function forgetRows(tx: Transaction, mergeIds: number[]): Promise<void> {
  await tx.run(sql`
    DELETE FROM merge_rows WHERE merge_id IN (SELECT value FROM json_each(${JSON.stringify(mergeIds)})) AND NOT (table_name = 'votes' AND what = 'dropped')`);
}

/** Gives rows back whose song or show is the artist's again, or that have none. */
export function moveBackWithArtist(tx: Transaction, pointer: Pointer, of: { table: "songs" | "shows"; column: string }, mergeIds: number[]): Promise<void> {
  const unless = sql.raw(`AND (t."${of.column}" IS NULL OR EXISTS (SELECT 1 FROM ${of.table} p WHERE p.id = t."${of.column}" AND p.artist_id = moved.from_id))`);
  return moveBack(tx, pointer, mergeIds, unless);
}
