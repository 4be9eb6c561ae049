import pino from "pino";
import type { RequestFigures } from "#jobs/providers/http-options.ts";
import type { Runner } from "#jobs/runner.ts";
import { GiveUp } from "#jobs/tasks/job.ts";
import { createRunner } from "../background.ts";
import type { OpenDatabase } from "../database.ts";
import type { Provider } from "../domain/provider-records.ts";
import type { Program } from "./program.ts";

/** Requests that were sent, by provider. */
export type Requests = Partial<Record<Provider, number>>;

export interface JobsHere {
  runner: Pick<Runner, "start" | "stop">;
  /** Null while nothing was run here: another process did it. */
  requests(): Requests | null;
}

/** What runs some jobs in this process and no others. It tells only what goes wrong, unless LOG_LEVEL asks for more. */
export function jobsHere({ config }: Program, { reader, write }: OpenDatabase, only: readonly number[]): JobsHere {
  const level = config.logLevel === "info" || config.logLevel === "warn" ? "error" : config.logLevel;
  const log = pino({ level, hooks: { logMethod: unlessToldBelow } }, pino.destination({ dest: 2, sync: true }));
  const requests: Requests = {};
  let started = false;
  const onRequest = ({ provider, result }: RequestFigures) => {
    if (result !== "cached") requests[provider] = (requests[provider] ?? 0) + 1;
  };
  const { runner } = createRunner({ config, reader, write, log, now: Date.now, only, onRequest });
  return {
    runner: {
      start() {
        started = true;
        runner.start();
      },
      stop: () => runner.stop(),
    },
    requests: () => (started ? requests : null),
  };
}

/** Why a job gave up is told in plain words once it is over. */
function unlessToldBelow(this: pino.Logger, args: Parameters<pino.LogFn>, method: pino.LogFn): void {
  const [fields] = args as unknown[];
  const gaveUp = typeof fields === "object" && fields !== null && "err" in fields && fields.err instanceof GiveUp;
  if (!gaveUp) method.apply(this, args);
}

/** Such as "12 requests to MusicBrainz, 3 to Spotify". */
export function toldRequests(requests: Requests | null, nameOf: (provider: Provider) => string): string | null {
  const asked = Object.entries(requests ?? {}) as [Provider, number][];
  if (asked.length === 0) return null;
  return asked.map(([provider, n], i) => `${n.toLocaleString("en")}${i === 0 ? (n === 1 ? " request" : " requests") : ""} to ${nameOf(provider)}`).join(", ");
}
