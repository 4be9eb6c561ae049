import { command } from "#db/command.ts";
import { hastenJob } from "#db/queries/jobs.ts";

/** All that an import brings is there: a study of the artist that waits for it waits no longer. */
export const hastenStudy = command<{ artistId: number }, void>((tx, { input, now }) => hastenJob(tx, "study-artist", String(input.artistId), now));
