import { readFileSync } from "node:fs";
import { Client } from "pg";
import { startPostgres } from "../../../scripts/postgres.mjs";

export interface PeerSize {
  shows: number;
  songsPerShow: number;
  fans: number;
}

/** A running PostgreSQL with one stocked database that others are copied from. */
export class PeerDatabases implements AsyncDisposable {
  readonly #server: Awaited<ReturnType<typeof startPostgres>>;
  readonly version: string;
  #copies = 0;

  private constructor(server: Awaited<ReturnType<typeof startPostgres>>, version: string) {
    this.#server = server;
    this.version = version;
  }

  static async start(folder: string, size: PeerSize): Promise<PeerDatabases> {
    const server = await startPostgres(folder);
    const databases = new PeerDatabases(server, server.version);
    try {
      await databases.query("CREATE DATABASE stock", "postgres");
      await databases.query(readFileSync(new URL("./schema.sql", import.meta.url), "utf8"), "stock");
      await databases.query(stockSql(size), "stock");
      await databases.query("VACUUM ANALYZE", "stock");
      return databases;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Where a client finds a database: `pg` takes a folder as the host of a Unix socket. */
  get address(): { host: string; port: number } {
    return { host: this.#server.socketFolder, port: this.#server.port };
  }

  /** A fresh copy of the stock; its name. */
  async copy(): Promise<string> {
    const name = `run_${(this.#copies += 1)}`;
    await this.query(`CREATE DATABASE ${name} TEMPLATE stock`, "postgres");
    await this.query("CHECKPOINT", "postgres");
    return name;
  }

  /** Drops a copy and lets the server finish its writing, so that it does not weigh on what comes next. */
  async drop(name: string): Promise<void> {
    await this.query(`DROP DATABASE ${name} WITH (FORCE)`, "postgres");
    await this.query("CHECKPOINT", "postgres");
  }

  async query<Row extends object>(sql: string, database: string): Promise<Row[]> {
    const client = new Client({ ...this.address, database, user: "postgres" });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.stop();
  }
}

/** The keys are those of `peerId`: as scattered as random ones, and known to the load. */
function stockSql({ shows, songsPerShow, fans }: PeerSize): string {
  return `
    INSERT INTO users (id, email)
      SELECT md5('user-' || i)::uuid, 'fan-' || i || '@bench.invalid' FROM generate_series(1, ${fans}) i;
    INSERT INTO setlists (id, title)
      SELECT md5('setlist-' || i)::uuid, 'Show ' || i FROM generate_series(1, ${shows}) i;
    INSERT INTO setlist_songs (id, setlist_id, title, position)
      SELECT md5('song-' || ((s - 1) * ${songsPerShow} + i))::uuid, md5('setlist-' || s)::uuid,
        'A song of a usual length ' || i, i
      FROM generate_series(1, ${shows}) s, generate_series(1, ${songsPerShow}) i;`;
}
