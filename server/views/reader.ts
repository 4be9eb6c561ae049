/** The connection that views read from. */
export type { Database as Reader } from "#db/client.ts";
/** A show, artist or venue by its id or its slug. */
export type { ShowKey as Key } from "#db/queries/shows.ts";
