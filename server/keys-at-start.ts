import { openReader } from "#db/client.ts";
import { readSetting } from "#db/queries/journal.ts";
import { tableNames } from "#db/queries/whole-file.ts";
import { isThere } from "./backup/files.ts";
import { NETWORK_KEY } from "./commands/quarantine-networks.ts";
import { closeKeys, keysPath, LOST, makeKeys, readKeys, type Keys } from "./config/keys.ts";
import type { Reader } from "./views/reader.ts";

export interface KeysPlace {
  databaseUrl: string;
  databasePath: string;
  /** Hears what whoever runs the program should know of its keys. */
  onKeys?: (line: string) => void;
}

/**
 * The program's keys, made at its first start. The one that earlier versions kept in the database
 * stays the same, so that hashes can be compared with those of before. Throws `KeysError`.
 */
export async function keysAtStart({ databaseUrl, databasePath, onKeys }: KeysPlace): Promise<Keys> {
  const path = keysPath(databasePath);
  const known = readKeys(path);
  if (known !== null) {
    if (closeKeys(path)) onKeys?.(`Others could read or change ${path}: it is closed to them now.`);
    return known;
  }
  const earlier = isThere(databasePath) ? await keyInDatabase(databaseUrl) : null;
  const { keys, made } = makeKeys(path, { earlier });
  if (made) onKeys?.(`New keys are in ${path}. Backups do not hold them: keep a copy somewhere else. Without it ${LOST}.`);
  return keys;
}

/** Whether the database still holds the key of earlier versions. */
export async function holdsKey(reader: Reader): Promise<boolean> {
  return (await readSetting(reader, NETWORK_KEY)) !== null;
}

async function keyInDatabase(databaseUrl: string): Promise<string | null> {
  const connection = await openReader(databaseUrl);
  try {
    const isOurs = (await tableNames(connection.db)).includes("settings");
    return isOurs ? await readSetting(connection.db, NETWORK_KEY) : null;
  } finally {
    connection.close();
  }
}
