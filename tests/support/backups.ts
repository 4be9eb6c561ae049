import type { BackupConfig } from "#server/config/config.ts";

/** For a database that is of this program's schema already, so that none is made. */
export const NO_BACKUPS: BackupConfig = { folder: "/dev/null/backups", schedule: null, keep: 1, s3: null };
