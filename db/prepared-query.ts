import type { Queryable } from "./client.ts";

/**
 * A query that is built once for each database and then only executed: Drizzle takes longer to put
 * its SQL together than SQLite takes to answer it. Values go in as `sql.placeholder(name)`.
 */
export function preparedQuery<Q>(build: (db: Queryable) => Q): (db: Queryable) => Q {
  const built = new WeakMap<Queryable, Q>();
  return (db) => {
    const known = built.get(db);
    if (known !== undefined) return known;
    const query = build(db);
    built.set(db, query);
    return query;
  };
}
