import { PRIORITY, queued, type ImportTarget } from "#jobs/definitions.ts";
import { fold } from "../domain/fold.ts";
import type { ImportRequest } from "./request-import.ts";

/** The job that imports somebody: the same artist asked for twice is one job. */
export function importJob(target: ImportTarget): ImportRequest["job"] {
  const key = "id" in target ? `${target.provider} ${target.id}` : `name ${fold(target.name)}`;
  return queued("import-artist", key, { target }, PRIORITY.asked);
}
