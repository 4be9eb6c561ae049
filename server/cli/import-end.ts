import type { ImportProblem, ImportRow } from "#db/queries/imports.ts";
import { ATTRIBUTION } from "../domain/attribution.ts";
import { iso } from "../domain/instant.ts";
import type { FollowEnd } from "./follow-jobs.ts";
import { toldRequests, type Requests } from "./jobs-here.ts";
import type { Output } from "./output.ts";

/** Whoever is meant has to be said in other words. */
const NOT_UNDERSTOOD = new Set(["ambiguous", "not_found"]);

interface Came {
  end: FollowEnd;
  /** Null where another process did it. */
  requests: Requests | null;
}

/** Says what came of an import, and how to go on; the exit code. */
export function tellImport(out: Output, row: ImportRow, { end, requests }: Came): number {
  const { jobId, name, phase, problem, runAt } = row;
  if (end === "stopped") {
    out.note(`Stopped; what came in stays. The same command goes on from there, and so does a running server or \`theset work\`; \`theset jobs cancel ${jobId}\` ends it.`);
    return 1;
  }
  if (end === "put off") {
    out.note(`Nothing can be done before ${iso(runAt!)}. A running server or \`theset work\` goes on by itself then, or the same command; \`theset jobs retry ${jobId}\` makes it due now.`);
    return 1;
  }
  if (phase === "done") {
    tellDone(out, row, requests);
    return 0;
  }
  if (phase === "cancelled") {
    out.note(`The import of ${name} was cancelled. \`theset jobs retry ${jobId}\` takes it up again.`);
    return 1;
  }
  for (const line of problemLines(problem ?? { reason: "failed", message: "The import failed." })) out.note(line);
  if (problem && NOT_UNDERSTOOD.has(problem.reason)) return 2;
  out.note(`\`theset jobs retry ${jobId}\` puts it into the queue again.`);
  return 1;
}

function tellDone(out: Output, { name, artistSlug, counts }: ImportRow, requests: Requests | null): void {
  const { songs, albums, shows, setlists, refused } = counts;
  const n = ({ read }: { read: number }, noun: string) => `${read.toLocaleString("en")} ${noun}`;
  out.say(`${name} is here${artistSlug === null ? "" : `, at /artists/${artistSlug}`}.`);
  out.say(`Read now: ${[n(songs, "recordings"), n(albums, "albums"), n(shows, "shows"), n(setlists, "setlists")].join(", ")}.`);
  const unusable = Object.entries(refused).filter(([, count]) => count > 0);
  if (unusable.length > 0) out.say(`Left out: ${unusable.map(([reason, count]) => `${count.toLocaleString("en")} (${reason.replaceAll("_", " ")})`).join(", ")}.`);
  const asked = toldRequests(requests, (provider) => ATTRIBUTION[provider].name);
  if (asked !== null) out.say(`It took ${asked}.`);
}

function problemLines({ message, candidates = [] }: ImportProblem): string[] {
  return [
    message,
    ...candidates.flatMap(({ provider, id, name, about, url }) => [
      `  ${[name, about && `(${about})`, url].filter(Boolean).join("  ")}`,
      `      theset import --provider ${provider} --id ${id}`,
    ]),
  ];
}
