import { openReader } from "#db/client.ts";
import { PostgresMissing } from "../../scripts/postgres.mjs";
import type { Figure } from "./figures.ts";
import type { Ground } from "./ground.ts";
import type { Side } from "./load/targets.ts";
import { PeerDatabases } from "./peer/database.ts";
import { startPeer } from "./peer/process.ts";
import { startBuiltServer, type BenchServer, type ServeOptions } from "./server-process.ts";
import { stockDatabase, type StockSize } from "./stock.ts";

/** What a database holds once its servers have ended. */
export interface Stored {
  votes: number;
  /** Sum of the setlist songs' counters. */
  tallies: number;
  /** Votes that the search for fraud holds back from the tallies meanwhile; the peer has no such thing. */
  held: number;
  /** Most votes of a fan on one show, and on one day. */
  mostOnShow: number;
  mostOnDay: number;
  /** Votes beyond a limit, in all. */
  overShow: number;
  overDay: number;
}

export interface RunOptions {
  /** Server processes on the one database. */
  processes?: number;
  /** Connections of each of the peer's pools. */
  pool?: number;
  /** Whether our server answers questions on its memory and its event loop. */
  inside?: boolean;
}

/** One side of a comparison. Each run has a database of its own, copied from the same stock. */
export interface Contender {
  side: Side;
  run<T>(options: RunOptions, work: (servers: BenchServer[]) => Promise<T>): Promise<{ result: T; stored: Stored }>;
}

const LIMIT_SHOW = 10;
const LIMIT_DAY = 50;

/** Both sides, or ours alone with the reason why. */
export class Contenders implements AsyncDisposable {
  readonly all: Contender[];
  /** Rows of the table that tell why the peer was not measured. */
  readonly missing: Figure[];
  readonly #peer: PeerDatabases | null;

  private constructor(all: Contender[], missing: Figure[], peer: PeerDatabases | null) {
    this.all = all;
    this.missing = missing;
    this.#peer = peer;
  }

  static async stock(ground: Ground, size: StockSize): Promise<Contenders> {
    const template = ground.newFile();
    await stockDatabase(`file:${template}`, size);
    const ours = theSet(ground, template);
    try {
      const peer = await PeerDatabases.start(ground.folder, size);
      return new Contenders([ours, thePeer(peer)], [], peer);
    } catch (error) {
      if (!(error instanceof PostgresMissing)) throw error;
      console.error(error.message);
      return new Contenders([ours], [{ name: "the peer", value: Number.NaN, unit: "", note: error.message }], null);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#peer?.[Symbol.asyncDispose]();
  }
}

/** Our side, from the build or as the single executable. */
export function theSet(ground: Ground, template: string, { executable }: Pick<ServeOptions, "executable"> = {}): Contender {
  return {
    side: "theset",
    async run({ processes = 1, inside = false }, work) {
      const file = ground.copy(template);
      const servers: BenchServer[] = [];
      try {
        for (let i = 0; i < processes; i += 1) servers.push(await startBuiltServer(`file:${file}`, { jobs: i === 0, inside, ...(executable && { executable }) }));
        const result = await work(servers);
        await stopAll(servers);
        return { result, stored: await readStored(file) };
      } finally {
        await stopAll(servers);
        ground.remove(file);
      }
    },
  };
}

function thePeer(databases: PeerDatabases): Contender {
  return {
    side: "peer",
    async run({ processes = 1, pool = 20 }, work) {
      const database = await databases.copy();
      const servers: BenchServer[] = [];
      try {
        for (let i = 0; i < processes; i += 1) servers.push(await startPeer(databases, database, pool));
        const result = await work(servers);
        await stopAll(servers);
        const [row] = await databases.query<Stored>(PEER_STORED, database);
        return { result, stored: row! };
      } finally {
        await stopAll(servers);
        await databases.drop(database);
      }
    },
  };
}

/** Empties the list, so that servers are stopped once. */
async function stopAll(servers: BenchServer[]): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
}

async function readStored(file: string): Promise<Stored> {
  const connection = await openReader(`file:${file}`);
  const { rows } = await connection.client.execute(STORED);
  connection.close();
  return { ...rows[0] } as unknown as Stored;
}

const STORED = `
  WITH on_show AS (SELECT count(*) AS n FROM votes GROUP BY user_id, show_id),
    on_day AS (SELECT count(*) AS n FROM votes GROUP BY user_id, cast_at / 86400000)
  SELECT (SELECT count(*) FROM votes) AS votes, (SELECT sum(votes) FROM setlist_songs) AS tallies,
    (SELECT coalesce(sum(votes), 0) FROM show_allowances WHERE quarantined_at IS NOT NULL) AS held,
    (SELECT max(n) FROM on_show) AS "mostOnShow", (SELECT max(n) FROM on_day) AS "mostOnDay",
    (SELECT coalesce(sum(n - ${LIMIT_SHOW}), 0) FROM on_show WHERE n > ${LIMIT_SHOW}) AS "overShow",
    (SELECT coalesce(sum(n - ${LIMIT_DAY}), 0) FROM on_day WHERE n > ${LIMIT_DAY}) AS "overDay"`;

const PEER_STORED = `
  WITH on_show AS (SELECT count(*)::int AS n FROM votes JOIN setlist_songs s ON s.id = setlist_song_id
      GROUP BY user_id, setlist_id),
    on_day AS (SELECT count(*)::int AS n FROM votes GROUP BY user_id, created_at::date)
  SELECT (SELECT count(*)::int FROM votes) AS votes, (SELECT sum(votes)::int FROM setlist_songs) AS tallies,
    0 AS held, (SELECT max(n) FROM on_show) AS "mostOnShow", (SELECT max(n) FROM on_day) AS "mostOnDay",
    (SELECT coalesce(sum(n - ${LIMIT_SHOW}), 0)::int FROM on_show WHERE n > ${LIMIT_SHOW}) AS "overShow",
    (SELECT coalesce(sum(n - ${LIMIT_DAY}), 0)::int FROM on_day WHERE n > ${LIMIT_DAY}) AS "overDay"`;
