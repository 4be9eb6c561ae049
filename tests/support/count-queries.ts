import { openReader } from "#db/client.ts";
import type { Reader } from "#server/views/reader.ts";
import type { TestDatabase } from "./test-database.ts";

/** How often a page asks the database. */
export async function asks(database: TestDatabase, load: (reader: Reader) => Promise<unknown>): Promise<number> {
  const reader = await openReader(database.url);
  let asked = 0;
  const execute = reader.client.execute.bind(reader.client);
  reader.client.execute = (...args: Parameters<typeof execute>) => {
    asked += 1;
    return execute(...args);
  };
  await load(reader.db);
  reader.close();
  return asked;
}
