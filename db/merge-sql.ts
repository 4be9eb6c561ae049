import { sql, type SQL } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { shapeOf, type Pointer } from "./merge-tables.ts";

/** One of a kind that becomes another one, under the id of its row in `merges`. */
export interface MergePair {
  mergeId: number;
  from: number;
  into: number;
}

/** `input`: one row for each pair. */
export function withPairs(pairs: MergePair[]): SQL {
  const rows = JSON.stringify(pairs.map(({ mergeId, from, into }) => [mergeId, from, into]));
  return sql`WITH input AS MATERIALIZED (
    SELECT value ->> 0 AS merge_id, value ->> 1 AS from_id, value ->> 2 AS into_id FROM json_each(${rows}))`;
}

/** A row as a JSON object; numbers with a fraction as texts, which keep all their digits. */
export function rowAsJson(table: SQLiteTable, alias: string, without: string[] = []): SQL {
  const cells = shapeOf(table)
    .columns.filter(({ name }) => !without.includes(name))
    .map(({ name, real }) => {
      const cell = `${alias}."${name}"`;
      return `'${name}', ${real ? `iif(${cell} IS NULL, NULL, printf('%!.17g', ${cell}))` : cell}`;
    });
  return sql.raw(`json_object(${cells.join(", ")})`);
}

/** That a row's key is the one of `moved`, rows of the log. */
export const isLogged = ({ key }: Pointer, alias: string) => sql.raw(key.map((column, i) => `${alias}."${column}" = moved.key ->> ${i}`).join(" AND "));

/** Rows of the log of some merges, as `log`. */
export function logOf(mergeIds: number[], table: string, what: "moved" | "dropped" | "added" | "changed"): SQL {
  return sql`log.merge_id IN (SELECT value FROM json_each(${JSON.stringify(mergeIds)})) AND log.table_name = ${table} AND log.what = ${what}`;
}
