import { findDamage, findMiscounts, type Miscount } from "#db/queries/integrity.ts";
import type { Reader } from "./reader.ts";

export interface Verification {
  /** What is wrong with the file itself; only a backup helps. */
  damage: string[];
  /** Counters that do not agree with the votes; they can be mended. */
  miscounts: Miscount[];
}

/** Counts everything again and has SQLite check the file. Reads the whole database; writes may go on. `onStep` hears how far it is. */
export async function verifyCounters(reader: Reader, onStep: (done: number, total: number) => void = () => {}): Promise<Verification> {
  onStep(0, 2);
  const damage = await findDamage(reader);
  onStep(1, 2);
  const miscounts = await findMiscounts(reader);
  onStep(2, 2);
  return { damage, miscounts };
}
