import type { Logger } from "pino";
import { forgettingWrites } from "./api/access-writes.ts";
import type { ApiDeps } from "./api/context.ts";
import { SignInAttempts } from "./auth/attempts.ts";
import { Authenticator } from "./auth/authenticate.ts";
import type { KnownAccess } from "./auth/known-access.ts";

export interface ApiParts extends Pick<ApiDeps, "reader" | "write" | "now" | "hub" | "imports" | "slots" | "askedProviders"> {
  known: KnownAccess;
  log: Logger;
  /** What every address of the site begins with: "" or such as "/theset". */
  basePath: string;
}

/** What procedures need, put together; its writes are the ones to use from here on. */
export function createApiDeps({ known, log, reader, now, hub, imports, slots, askedProviders, basePath, ...parts }: ApiParts): ApiDeps {
  const write = forgettingWrites(parts.write, known);
  const authenticator = new Authenticator({
    reader,
    now,
    known,
    basePath,
    writes: {
      createSession: (session) => write("createSession", session),
      extendSession: (session) => write("extendSession", session),
      endSession: (session) => write("endSession", session),
      endSessionsOf: (user) => write("endSessionsOf", user),
    },
    touchToken: (token) => write("touchApiToken", token),
    onError: (error) => log.error({ err: error }, "The use of a token could not be noted"),
  });
  const onError = (error: unknown, path: string | undefined) =>
    log.error({ err: error, path }, "A procedure failed");
  return { reader, write, now, hub, imports, slots, askedProviders, authenticator, attempts: new SignInAttempts(), onError };
}
