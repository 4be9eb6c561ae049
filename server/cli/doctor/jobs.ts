import type { Database } from "#db/client.ts";
import { countJobs, neglectedJobs } from "#db/queries/job-states.ts";
import { requestsOn } from "#db/queries/provider-traffic.ts";
import { SETLISTFM } from "#jobs/providers/setlistfm/terms.ts";
import { TICKETMASTER } from "#jobs/providers/ticketmaster/terms.ts";
import type { Config } from "../../config/config.ts";
import { ATTRIBUTION } from "../../domain/attribution.ts";
import { iso } from "../../domain/instant.ts";
import type { Provider } from "../../domain/provider-records.ts";
import { note, ok, warn, type Finding } from "./finding.ts";

/** Whoever runs jobs takes one up within seconds; a long queue may take some minutes. */
const WAITING_MS = 15 * 60_000;

/** Whether what is done in the background gets done; `now` is epoch ms. */
export async function checkJobs(db: Database, config: Pick<Config, "sync" | "providers">, now: number): Promise<Finding[]> {
  const { failed, running, queued } = await countJobs(db);
  const { lost, waitingSince } = await neglectedJobs(db, now);
  const findings: Finding[] = [];
  if (failed > 0) findings.push(warn("jobs", `${failed} failed`, "`theset jobs list --state failed` says why; `theset jobs retry ID` tries one again."));
  if (lost > 0) findings.push(warn("jobs", `the runner of ${lost} is gone`, "A running server or `theset work` takes them up from where they stopped: start one."));
  if (waitingSince !== null && now - waitingSince > WAITING_MS) {
    findings.push(warn("jobs", `one has waited since ${iso(waitingSince)}`, "Is a server running, and without --no-jobs? Else start `theset work`."));
  }
  if (findings.length === 0) findings.push(ok("jobs", `none failed; ${running} running, ${queued} queued`));
  return [...findings, ...(await usedUp(db, config, now))];
}

/** The providers of which nothing is left today. */
async function usedUp(db: Database, { sync, providers: { setlistfm, ticketmaster } }: Pick<Config, "sync" | "providers">, now: number): Promise<Finding[]> {
  if (!sync) return [];
  const limited: [Provider, number | null][] = [
    ["setlistfm", setlistfm && (setlistfm.daily ?? SETLISTFM.requestsPerDay)],
    ["ticketmaster", ticketmaster && (ticketmaster.daily ?? TICKETMASTER.requestsPerDay)],
  ];
  const today = new Date(now).toISOString().slice(0, 10);
  const findings: Finding[] = [];
  for (const [provider, daily] of limited) {
    if (daily === null) continue;
    const used = await requestsOn(db, provider, today);
    if (used < daily) continue;
    const found = `the ${daily.toLocaleString("en")} requests of today are used up`;
    findings.push(note(`${ATTRIBUTION[provider].name} quota`, found, `It goes on by itself after midnight (UTC). Where your key allows more, set ${provider.toUpperCase()}_DAILY.`));
  }
  return findings;
}
