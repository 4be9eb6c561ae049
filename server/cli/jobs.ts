import { addCancel, addRetry } from "./jobs-mend.ts";
import { addList } from "./jobs-list.ts";
import { addRun } from "./jobs-run.ts";
import type { Verbs } from "./verbs.ts";

export function addJobs(verbs: Verbs): void {
  const jobs = verbs.noun("jobs", "see what is done in the background, run it, try it again or stop it");
  for (const add of [addList, addRun, addRetry, addCancel]) add(jobs);
}
