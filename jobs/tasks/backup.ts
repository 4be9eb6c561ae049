export interface BackupTaskDeps {
  /** When the newest whole backup was made, by whichever process (epoch ms); null where there is none. */
  latest: () => number | null;
  make: () => Promise<void>;
  /** Epoch ms. */
  now: () => number;
}

/** Processes whose schedule comes at the same time need one backup among them, in ms. */
const WINDOW_MS = 45_000;

/** Makes a backup unless another process on the same database has just made one. */
export function backupTask({ latest, make, now }: BackupTaskDeps): () => Promise<void> {
  return async () => {
    const last = latest();
    if (last !== null && Math.abs(now() - last) < WINDOW_MS) return;
    await make();
  };
}
