import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { createApiDeps } from "#server/api-deps.ts";
import { KnownAccess } from "#server/auth/known-access.ts";
import { NOBODY } from "#server/config/trusted-proxies.ts";
import { openDatabase } from "#server/database.ts";
import { quickFiles } from "./bundled.ts";
import { AppError } from "#server/domain/errors.ts";
import { createLeanHandler } from "#server/http/lean-calls.ts";
import { createListener } from "#server/http/listener.ts";
import { createProcedureHandler } from "#server/http/procedures.ts";
import { startLive } from "#server/live.ts";
import { NO_BACKUPS } from "./backups.ts";
import type { TestClock } from "./clock.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

export interface CallServer extends AsyncDisposable {
  url: string;
  database: TestDatabase;
  write: ReturnType<typeof createApiDeps>["write"];
  /** Requests that tRPC's adapter has answered so far. */
  adapted(): number;
  /** What became of votes while the writer was said to be busy or broken. */
  writer: { state: "fine" | "busy" | "broken" };
  /** What was logged as an error so far. */
  errors: string[];
}

interface CallServerOptions {
  lean: boolean;
  clock: TestClock;
  basePath?: string;
}

const nowhere = () => Promise.reject(new Error("This server has procedures only"));

/** The real listener before real procedures, with or without the lean way to them. */
export async function startCallServer({ lean, clock, basePath = "" }: CallServerOptions): Promise<CallServer> {
  const database = await createTestDatabase();
  const errors: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => void errors.push(line) });
  const known = new KnownAccess(clock);
  const open = await openDatabase({ databaseUrl: database.url, databasePath: database.path, files: quickFiles, backup: NO_BACKUPS, now: clock.now, onCommit() {} });
  const streams = { total: 10, perAddress: 10 };
  const live = await startLive({ reader: open.reader, now: clock.now, log, streams, known });
  const writer: CallServer["writer"] = { state: "fine" };
  const write: typeof open.write = (name, input) => {
    if (name !== "castVotes" || writer.state === "fine") return open.write(name, input);
    if (writer.state === "broken") return Promise.reject(new Error("a secret of the inside"));
    return Promise.reject(new AppError({ kind: "busy", reason: "busy", message: "Try again.", retryAfter: 2 }));
  };
  const deps = createApiDeps({ reader: open.reader, write, now: clock.now, log, hub: live.hub, imports: live.imports, slots: live.slots, askedProviders: () => Promise.resolve(null), known, basePath });
  const adapter = createProcedureHandler(deps);
  let adapted = 0;
  const listener = createListener({
    site: { publicUrl: null, socket: null, trustProxy: NOBODY, basePath },
    assets: (_req, _res, next) => next(),
    procedures: (...request) => {
      adapted += 1;
      return adapter.handle(...request);
    },
    ...(lean && { lean: createLeanHandler(deps) }),
    pages: nowhere,
    publicPages: () => Promise.resolve(false),
    live: nowhere,
    importProgress: nowhere,
    linkFiles: nowhere,
    metrics: nowhere,
    readiness: () => Promise.resolve(null),
    onError: (error, path) => log.error({ err: error, path }, "A request failed"),
  });
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${basePath}`,
    database,
    write: deps.write,
    adapted: () => adapted,
    writer,
    errors,
    async [Symbol.asyncDispose]() {
      live.close();
      await new Promise((resolve) => server.close(resolve));
      await open.close();
      await database[Symbol.asyncDispose]();
    },
  };
}
