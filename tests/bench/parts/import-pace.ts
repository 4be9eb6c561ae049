import { PROVIDERS, type Provider } from "#server/domain/provider-records.ts";
import { importOutside } from "#tests/support/outside.ts";
import { startSandboxProcess } from "#tests/support/sandbox-process.ts";
import { startWork } from "#tests/support/work-process.ts";
import type { Figure } from "../figures.ts";
import type { Ground } from "../ground.ts";
import { emptyDatabase } from "./import.ts";

/** Requests that may arrive within any one second. Spotify's limit is of 30 s. */
const ALLOWED: Record<Provider, number> = { musicbrainz: 1, setlistfm: 2, ticketmaster: 5, spotify: 6 };

/** Requests a second at the sandbox, which has the providers' real limits, while several artists are imported at their real pace. */
export async function measurePace(ground: Ground, seconds: number): Promise<Figure[]> {
  const url = await emptyDatabase(ground);
  await using sandbox = await startSandboxProcess({ artists: 4, pace: 1, day: 1 });
  await using work = await startWork({ databaseUrl: url, env: sandbox.env });
  for (const { name } of await sandbox.artists()) await importOutside(url, { name });
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const traffic = await sandbox.traffic();
  await work.end("SIGTERM");
  return PROVIDERS.flatMap((provider): Figure[] => {
    const { requests, perSecond, violations } = traffic[provider];
    const note = `${requests} requests in ${seconds} s, ${violations} beyond the limit`;
    return [{ name: `real pace, ${provider}: most requests in any second`, value: perSecond, unit: "requests", bar: { atMost: ALLOWED[provider] }, note }];
  });
}
