import type { BackupName } from "./names.ts";

export interface Keepable extends BackupName {
  /** Whether it is whole: both files are there and fit each other. */
  good: boolean;
}

/**
 * Which backups go when `keep` good ones stay, those for upgrades counted by themselves. The one just
 * made always stays, whatever the clock said, and so does the newest good one of each kind. One that
 * is not whole goes once as many newer good ones are there.
 */
export function toRemove(backups: readonly Keepable[], keep: number, made: string | null): string[] {
  const newestFirst = [...backups].sort((a, b) => (a.base < b.base ? 1 : -1));
  const isUpgrade = ({ before }: Keepable) => before !== null;
  return [newestFirst.filter(isUpgrade), newestFirst.filter((one) => !isUpgrade(one))].flatMap((kind) => beyond(kind, keep, made));
}

function beyond(newestFirst: readonly Keepable[], keep: number, made: string | null): string[] {
  const gone: string[] = [];
  let good = 0;
  for (const backup of newestFirst) {
    if (good >= Math.max(1, keep) && backup.base !== made) gone.push(backup.base);
    if (backup.good) good += 1;
  }
  return gone;
}
