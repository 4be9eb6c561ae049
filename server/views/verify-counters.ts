import { findDamage, findMiscounts, type Miscount } from "#db/queries/integrity.ts";
import type { Reader } from "./reader.ts";

export interface Verification {
  /** What is wrong with the file itself; only a backup helps. */
  damage: string[];
  /** Counters that do not agree with the votes; they can be mended. */
  miscounts: Miscount[];
}

/** Counts everything again and has SQLite check the file. Reads the whole database; writes may go on. */
export async function verifyCounters(reader: Reader): Promise<Verification> {
  return { damage: await findDamage(reader), miscounts: await findMiscounts(reader) };
}
