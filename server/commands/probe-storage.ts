import { command } from "#db/command.ts";
import { writeSetting } from "#db/queries/journal.ts";

/** Writes when it was called: succeeds when the disk takes writes. */
export const probeStorage = command<void, void>((tx, { now }) => writeSetting(tx, "storage_probed_at", String(now)));
