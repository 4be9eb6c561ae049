import { backUp, type MadeBackup } from "../backup/backups.ts";
import { BackupError } from "../backup/errors.ts";
import { isThere, megabytes } from "../backup/files.ts";
import { listBackups } from "../backup/folder.ts";
import { storeOf, type Store } from "../backup/store.ts";
import { listStore } from "../backup/upload.ts";
import { backupDeps } from "../backup-job.ts";
import type { Output } from "./output.ts";
import { checkClock } from "./preflight.ts";
import type { Program } from "./program.ts";
import { explain, type Verbs } from "./verbs.ts";

const FROM_S3 = "--from-s3";

export function addBackup(verbs: Verbs): void {
  const backup = verbs
    .verb("backup", {
      summary: "copy the database while it is used, and check the copy",
      examples: [
        ["theset backup", "into BACKUP_DIR, and into BACKUP_S3_URL where that is set"],
        ["theset backup list", "the backups there are, the newest first"],
      ],
    })
    .action(() => verbs.run(makeOne));
  explain(backup.command("list"), {
    summary: "show the backups there are, the newest first",
    examples: [
      ["theset backup list", "those in BACKUP_DIR, with size and votes"],
      [`theset backup list ${FROM_S3}`, "those in the second place, BACKUP_S3_URL"],
    ],
  })
    .option(FROM_S3, "those in the second place")
    .action(({ fromS3 = false }: { fromS3?: boolean }) => verbs.run((program, out) => (fromS3 ? listAway(program, out) : listHere(program, out))));
}

/** The second place. Throws where none is set. */
export function storeFrom(program: Program): Store {
  const { s3 } = program.config.backup;
  if (s3 === null) throw new BackupError("There is no second place: BACKUP_S3_URL is not set. Example: BACKUP_S3_URL=https://s3.example.org/bucket/theset");
  return storeOf({ ...backupDeps({ ...program, now: Date.now }), s3 });
}

async function makeOne(program: Program, out: Output): Promise<number> {
  out.result(await backUpNow(program, out));
  return 0;
}

/** A backup as `--json` tells it. */
export interface ToldBackup extends Omit<MadeBackup, "base"> {
  backup: string;
  folder: string;
  /** Whether it is in the second place too. */
  away: boolean;
}

/** Makes a backup and says where it is. Rejects with `BackupError`. */
export async function backUpNow(program: Program, out: Output): Promise<ToldBackup> {
  const { databasePath, backup } = program.config;
  // Backups are told apart by when they were made.
  checkClock(Date.now());
  if (!isThere(databasePath)) throw new BackupError(`There is no database at ${databasePath}.`);
  const { base, manifest, removed, away } = await out.follow((follow) => backUp({ ...backupDeps({ ...program, now: Date.now }), follow }, new AbortController().signal));
  out.say(`${backup.folder}/${manifest.file} (${megabytes(manifest.bytes)}) is made and checked${away ? ", and is in the second place too" : ""}.`);
  for (const gone of removed) out.say(`Removed ${gone}, to keep ${backup.keep}.`);
  if (manifest.miscounts) out.note(`${manifest.miscounts} counters in it do not agree with the votes; \`theset verify\` shows them.`);
  return { backup: base, folder: backup.folder, manifest, away, removed };
}

async function listHere({ config: { backup } }: Program, out: Output): Promise<number> {
  const backups = listBackups(backup.folder);
  if (backups.length === 0) out.say(`There is no backup in ${backup.folder}.`);
  for (const { base, manifest } of backups) {
    const about = manifest ? `${megabytes(manifest.bytes)}, ${manifest.rows["votes"] ?? 0} votes, made by ${manifest.program}` : "not whole";
    out.say(`${base}  ${about}`);
  }
  out.result({ folder: backup.folder, backups: backups.map(({ base, manifest }) => ({ backup: base, whole: manifest !== null, manifest })) });
  return 0;
}

async function listAway(program: Program, out: Output): Promise<number> {
  const store = storeFrom(program);
  const backups = await listStore(store);
  if (backups.length === 0) out.say(`There is no backup in ${store.place}.`);
  for (const { base, good } of backups) out.say(good ? base : `${base}  not whole`);
  out.result({ place: store.place, backups: backups.map(({ base, good }) => ({ backup: base, whole: good })) });
  return 0;
}
