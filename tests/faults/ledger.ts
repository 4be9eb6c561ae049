import { openReader } from "#db/client.ts";
import { findDamage, findMiscounts } from "#db/queries/integrity.ts";

/** One fan's vote for one setlist song. */
export interface Ballot {
  /** User id. */
  fan: number;
  setlistSongId: number;
}

/** What a database holds that it should not, or lacks. */
export interface Comparison {
  /** Acknowledged, and not as acknowledged. */
  lost: string[];
  /** Votes there that nobody was told of and nobody asked for, or that were refused. */
  invented: string[];
  /** Done, and nobody was told: the answer did not get through. */
  unanswered: number;
  /** Of the file, and of its counters. */
  damage: string[];
  /** Votes there now. */
  votes: number;
}

/** What fans were told about their votes, to be held against the database. */
export class Ledger {
  readonly #told = new Map<string, boolean>();
  readonly #asked = new Set<string>();
  acknowledged = 0;

  /** A request leaves: until its answer comes, the vote may be there or not. */
  ask(ballot: Ballot): void {
    this.#asked.add(key(ballot));
  }

  /** An answer said that the vote stands, or that it does not stand any more. */
  acknowledge(ballot: Ballot, stands: boolean): void {
    this.#asked.delete(key(ballot));
    this.#told.set(key(ballot), stands);
    this.acknowledged += 1;
  }

  /** An answer said that nothing was done. */
  refuse(ballot: Ballot): void {
    this.#asked.delete(key(ballot));
  }

  /** Whether the fan was told that this vote stands. */
  stands(ballot: Ballot): boolean {
    return this.#told.get(key(ballot)) === true;
  }

  /** Holds everything told so far against a database at rest; what had no answer is settled by what is there. */
  async compare(databaseUrl: string): Promise<Comparison> {
    const connection = await openReader(databaseUrl);
    try {
      const { rows } = await connection.client.execute("SELECT user_id || ' ' || setlist_song_id FROM votes");
      const there = new Set(rows.map((row) => (row[0] as string)));
      const miscounts = (await findMiscounts(connection.db)).map((one) => `miscount: ${JSON.stringify(one)}`);
      const damage = [...(await findDamage(connection.db)), ...miscounts];
      return { ...this.#against(there), damage, votes: there.size };
    } finally {
      connection.close();
    }
  }

  #against(there: Set<string>): Pick<Comparison, "lost" | "invented" | "unanswered"> {
    const lost: string[] = [];
    for (const [vote, stands] of this.#told) {
      if (!this.#asked.has(vote) && stands !== there.has(vote)) lost.push(`${vote}: told ${stands}`);
    }
    const invented = [...there].filter((vote) => !this.#told.has(vote) && !this.#asked.has(vote));
    const unanswered = [...this.#asked].filter((vote) => there.has(vote) !== (this.#told.get(vote) ?? false));
    for (const vote of this.#asked) this.#told.set(vote, there.has(vote));
    this.#asked.clear();
    return { lost, invented, unanswered: unanswered.length };
  }
}

function key({ fan, setlistSongId }: Ballot): string {
  return `${fan} ${setlistSongId}`;
}
