import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/**
 * Restores the newest backup of DATA_DIR and kills its own process right before a change of the file
 * system's names: the one of that number, counted from 1. Says how many there are where it gets to the end.
 */
const at = Number(process.argv[2]);
let changes = 0;

type Naming = "linkSync" | "renameSync" | "rmSync" | "chmodSync" | "fsyncSync" | "mkdirSync";
const names: Naming[] = ["linkSync", "renameSync", "rmSync", "chmodSync", "fsyncSync", "mkdirSync"];
const own = fs as unknown as Record<Naming, (...args: unknown[]) => unknown>;
for (const name of names) {
  const real = own[name];
  own[name] = (...args) => {
    changes += 1;
    if (changes === at) process.kill(process.pid, "SIGKILL");
    return real(...args);
  };
}
syncBuiltinESMExports();

const { readConfig } = await import("#server/config/config.ts");
const { readMigrations } = await import("#db/migrate.ts");
const { restore, sourceIn } = await import("#server/backup/restore.ts");
const config = readConfig();
changes = 0;
await restore({ config, known: readMigrations("db/migrations"), now: Date.now }, sourceIn(config.backup.folder, "latest"));
process.send!(changes);
process.disconnect();
