import { sql, type SQL } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Transaction } from "../client.ts";
import { rowAsJson, withPairs, type MergePair } from "../merge-sql.ts";
import { shapeOf, type Pointer } from "../merge-tables.ts";

const keyOf = ({ key }: Pointer, alias: string) => sql.raw(`json_array(${key.map((column) => `${alias}."${column}"`).join(", ")})`);

function only({ only: part }: Pointer, alias: string): SQL {
  return part ? sql` AND ${sql.raw(`${alias}."${part.column}"`)} IN (SELECT value FROM json_each(${JSON.stringify(part.values)}))` : sql``;
}

/** Notes what becomes of the rows of what goes. */
function logRows(tx: Transaction, pointer: Pointer, pairs: MergePair[], what: "moved" | "dropped", which: SQL = sql``) {
  const shape = shapeOf(pointer.table);
  return tx.run(sql`
    ${withPairs(pairs)}
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT input.merge_id, ${shape.name}, ${what}, ${keyOf(pointer, "t")}, ${what === "moved" ? sql`NULL` : rowAsJson(pointer.table, "t")}
    FROM input CROSS JOIN ${sql.raw(`${shape.name} t ON t."${pointer.column}"`)} = input.from_id ${only(pointer, "t")} ${which}`);
}

/** Drops the rows of what goes, where `which` holds of `t`. */
async function dropWhich(tx: Transaction, pointer: Pointer, pairs: MergePair[], which: SQL): Promise<void> {
  const { name } = shapeOf(pointer.table);
  await logRows(tx, pointer, pairs, "dropped", which);
  await tx.run(sql`
    ${withPairs(pairs)}
    DELETE FROM ${sql.raw(`${name} AS t WHERE t."${pointer.column}"`)} IN (SELECT from_id FROM input) ${only(pointer, "t")} ${which}`);
}

/** Drops all rows of what goes. */
export function dropRows(tx: Transaction, pointer: Pointer, pairs: MergePair[]): Promise<void> {
  return dropWhich(tx, pointer, pairs, sql``);
}

/** Gives the rows of what goes to what stays; those that it may not have twice and has already are dropped. */
export async function moveRows(tx: Transaction, pointer: Pointer, pairs: MergePair[]): Promise<void> {
  const { name } = shapeOf(pointer.table);
  const column = sql.raw(`"${pointer.column}"`);
  if (pointer.alone) {
    const same = sql.raw(pointer.key.map((key) => `o."${key}" = t."${key}"`).join(" AND "));
    const there = sql`AND EXISTS (SELECT 1 FROM input JOIN ${sql.raw(`${name} o ON o."${pointer.column}"`)} = input.into_id ${only(pointer, "o")}
      WHERE input.from_id = t.${column} AND ${same})`;
    await dropWhich(tx, pointer, pairs, there);
  }
  await logRows(tx, pointer, pairs, "moved");
  await tx.run(sql`
    ${withPairs(pairs)}
    UPDATE ${sql.raw(name)} AS t SET ${column} = input.into_id FROM input WHERE t.${column} = input.from_id ${only(pointer, "t")}`);
}

export interface RowChange {
  mergeId: number;
  id: number;
  /** Columns with what they become. */
  is: Record<string, string | number | null>;
}

/** Changes rows by their ids and notes the columns as they were and as they are. */
export async function changeRows(tx: Transaction, table: SQLiteTable, changes: RowChange[]): Promise<void> {
  if (changes.length === 0) return;
  const { name } = shapeOf(table);
  const columns = [...new Set(changes.flatMap(({ is }) => Object.keys(is)))];
  const input = JSON.stringify(changes.map(({ mergeId, id, is }) => [mergeId, id, is]));
  const was = sql.raw(columns.map((column) => `'${column}', t."${column}"`).join(", "));
  await tx.run(sql`
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT moved.value ->> 0, ${name}, 'changed', json_array(t.id), json_object('was', json_object(${was}), 'is', json(moved.value -> 2))
    FROM json_each(${input}) AS moved CROSS JOIN ${sql.raw(name)} t ON t.id = moved.value ->> 1`);
  const set = columns.map((column) => `"${column}" = iif(json_type(moved.value, '$[2].${column}') IS NULL, t."${column}", moved.value -> 2 ->> '${column}')`);
  await tx.run(sql`UPDATE ${sql.raw(name)} AS t SET ${sql.raw(set.join(", "))} FROM json_each(${input}) AS moved WHERE t.id = moved.value ->> 1`);
}

/** Notes rows that were added to what stays. */
export async function logAdded(tx: Transaction, table: SQLiteTable, mergeId: number, keys: (string | number)[][]): Promise<void> {
  if (keys.length === 0) return;
  await tx.run(sql`
    INSERT INTO merge_rows (merge_id, table_name, what, key)
    SELECT ${mergeId}, ${shapeOf(table).name}, 'added', value FROM json_each(${JSON.stringify(keys)})`);
}

/** Notes the row of what goes, and takes it away; whatever still points to it would go with it unnoticed. */
export async function dropRecords(tx: Transaction, table: SQLiteTable, pairs: MergePair[]): Promise<void> {
  await dropRows(tx, { table, column: "id", key: ["id"] }, pairs);
}
