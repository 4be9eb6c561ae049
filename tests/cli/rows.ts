import { openReader } from "#db/client.ts";
import type { Workplace } from "./program.ts";

/** Rows of the database in a workplace's data folder. */
export async function rowsOf(here: Workplace, sql: string): Promise<Record<string, unknown>[]> {
  const reader = await openReader(`file:${here.path("data/theset.db")}`);
  try {
    const { rows } = await reader.client.execute(sql);
    return rows.map((row) => ({ ...row }));
  } finally {
    reader.close();
  }
}
