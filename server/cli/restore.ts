import { restore, sourceIn, sourceInStore } from "../backup/restore.ts";
import { storeFrom } from "./backup.ts";
import type { Output } from "./output.ts";
import type { Program } from "./program.ts";
import type { Verbs } from "./verbs.ts";

export function addRestore(verbs: Verbs): void {
  verbs
    .verb("restore", {
      summary: "put a backup in the place of the database; the server must be stopped",
      examples: [
        ["theset restore latest", "the newest backup; the database that was there stays beside it"],
        ["theset restore theset-20261121-041700", "a certain one; a file's path works as well"],
        ["theset restore latest --from-s3", "from the second place"],
      ],
    })
    .argument("<backup>", "latest, a name from `theset backup list`, or a file's path")
    .option("--from-s3", "take it from the second place")
    .action((backup: string, { fromS3 = false }: { fromS3?: boolean }) => verbs.run((program, out) => putBack(program, out, { backup, fromS3 })));
}

async function putBack(program: Program, out: Output, { backup, fromS3 }: { backup: string; fromS3: boolean }): Promise<number> {
  const { config, files } = program;
  const source = fromS3 ? await sourceInStore(storeFrom(program), backup) : sourceIn(config.backup.folder, backup);
  const { manifest, safety } = await out.follow((follow) => restore({ config, known: files.migrations(), now: Date.now, follow }, source));
  out.say(`${config.databasePath} is as it was at ${manifest.madeAt}, with ${manifest.rows["votes"] ?? 0} votes.`);
  if (safety !== null) out.say(`The database that was there is ${safety}; remove it when you are sure.`);
  out.result({ database: config.databasePath, from: source.place, manifest, safety });
  return 0;
}
