import { catalogueSizes, jobsByIds, type WatchedJob } from "#db/queries/job-states.ts";
import { ATTRIBUTION } from "../domain/attribution.ts";
import { iso } from "../domain/instant.ts";
import type { Reader } from "../views/reader.ts";
import { isOpen, type FollowEnd } from "./follow-jobs.ts";
import { toldRequests, type Requests } from "./jobs-here.ts";
import type { Output } from "./output.ts";
import type { Synced } from "./sync-jobs.ts";

type Sizes = Awaited<ReturnType<typeof catalogueSizes>>;

interface Came {
  what: readonly Synced[];
  ids: number[];
  end: FollowEnd;
  /** What was stored when it began. */
  before: Sizes;
  /** Null where another process did it. */
  requests: Requests | null;
}

/** So many failures are told one by one. */
const MOST_TOLD = 10;

/** Says what came of looking again, and how to go on; the exit code. */
export async function tellSync(out: Output, reader: Reader, { what, ids, end, before, requests }: Came): Promise<number> {
  const jobs = await jobsByIds(reader, ids);
  const left = jobs.filter(isOpen);
  const failed = jobs.filter(({ state }) => state === "failed");
  const cancelled = jobs.filter(({ state }) => state === "cancelled").length;
  const figures = { queued: ids.length, done: ids.length - left.length - failed.length - cancelled, failed: failed.length, cancelled, left: left.length };
  const added = grown(before, await catalogueSizes(reader));
  out.say(`${figures.done} of ${ids.length} done${counted({ failed: failed.length, cancelled, left: left.length })}.`);
  out.say(`New here: ${Object.entries(added).map(([noun, n]) => `${n.toLocaleString("en")} ${noun}`).join(", ")}.`);
  const asked = toldRequests(requests, (provider) => ATTRIBUTION[provider].name);
  if (asked !== null) out.say(`It took ${asked}.`);
  tellFailures(out, failed);
  if (left.length > 0) tellLeft(out, left, end);
  out.result({ what, ...figures, added, requests });
  return left.length + failed.length + cancelled === 0 ? 0 : 1;
}

function grown(before: Sizes, after: Sizes): Sizes {
  return Object.fromEntries(Object.entries(after).map(([noun, n]) => [noun, n - before[noun as keyof Sizes]])) as Sizes;
}

function counted(parts: Record<string, number>): string {
  return Object.entries(parts).flatMap(([word, n]) => (n > 0 ? [`, ${n} ${word}`] : [])).join("");
}

function tellFailures(out: Output, failed: WatchedJob[]): void {
  for (const { id, name, key, error } of failed.slice(0, MOST_TOLD)) out.note(`Job ${id} (${name} ${key}) failed: ${error ?? "no reason is known"}`);
  if (failed.length > 0) out.note("`theset jobs list --state failed` shows what failed, `theset jobs retry --failed` tries it again.");
}

function tellLeft(out: Output, left: WatchedJob[], end: FollowEnd): void {
  const next = iso(Math.min(...left.map(({ runAt }) => runAt)));
  const why = end === "stopped" ? "Stopped; what came in stays." : `Nothing can be done before ${next}: ${left[0]!.error ?? "it is not due."}`;
  out.note(`${why} The same command goes on from there, and so does a running server or \`theset work\`.`);
}
