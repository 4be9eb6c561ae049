import { pino } from "pino";
import { authorize } from "#server/auth/actor.ts";
import { createToken } from "#server/auth/tokens.ts";
import { createTheSetClient, type TheSetClient } from "#server/client.ts";
import { readConfig } from "#server/config/config.ts";
import { withBasePath } from "#server/files/base-path.ts";
import { quickFiles } from "./bundled.ts";
import { createAssets } from "#server/http/assets.ts";
import { startServer, type RunningServer, type ServedPages, type StartOptions } from "#server/start.ts";
import { TestClock } from "./clock.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

export interface TestServer extends AsyncDisposable {
  url: string;
  clock: TestClock;
  database: TestDatabase;
  write: RunningServer["write"];
  liveCounts: RunningServer["liveCounts"];
  setupToken: string | null;
  /** An anonymous client. */
  client: TheSetClient;
  /** A signed-up fan with a client of their own. */
  fan(name?: string, role?: "user" | "moderator" | "admin"): Promise<TestFan>;
  /** What was logged as an error so far. */
  errors: string[];
  /** Stops the server; the database stays. Only the first call's options count. */
  stop(options?: Parameters<RunningServer["close"]>[0]): Promise<void>;
}

export interface TestFan {
  id: number;
  email: string;
  token: string;
  client: TheSetClient;
}

export interface TestServerOptions {
  clock?: TestClock;
  /** A database that others use too; it is not removed with the server. */
  database?: TestDatabase;
  /** Serve the built pages as well. */
  pages?: boolean;
  env?: Record<string, string>;
  freeBytes?: StartOptions["freeBytes"];
}

const noPages: ServedPages = {
  build: () => Promise.reject(new Error("This test server has no pages")),
  mode: "production",
  assets: (_req, _res, next) => next(),
};

/** A real server on a port of its own, with its own database and a clock that the test sets. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const clock = options.clock ?? new TestClock();
  const database = options.database ?? (await createTestDatabase());
  const errors: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => void errors.push(line) });
  const config = readConfig({ PORT: "0", DEMO: "0", SYNC: "0", ...options.env, DATABASE_URL: database.url });
  const pages = async () => (options.pages ? await builtPages(config.basePath) : noPages);
  const server = await startServer({ config, files: quickFiles, log, now: clock.now, pages, jobs: false, freeBytes: options.freeBytes });
  let stopped: Promise<void> | undefined;
  const stop: TestServer["stop"] = (how) => (stopped ??= server.close(how));
  return {
    url: server.url,
    clock,
    database,
    write: server.write,
    liveCounts: () => server.liveCounts(),
    setupToken: server.setupToken,
    client: createTheSetClient({ url: server.url }),
    fan: (name, role) => createFan(server, database, name, role),
    errors,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      if (!options.database) await database[Symbol.asyncDispose]();
    },
  };
}

async function builtPages(basePath: string): Promise<ServedPages> {
  const { build, client } = withBasePath(await quickFiles.loadPages(), basePath);
  return { build, assets: createAssets(client), mode: "production" };
}

let serial = 0;

async function createFan(
  { url, write }: RunningServer,
  database: TestDatabase,
  name = `Fan ${(serial += 1)}`,
  role: "user" | "moderator" | "admin" = "user",
): Promise<TestFan> {
  serial += 1;
  const email = `fan-${serial}@example.org`;
  await write("registerFan", { email, displayName: name, passwordHash: "none" });
  if (role !== "user") await write("setUserRole", { email, role });
  const [row] = await database.rows("SELECT id FROM users WHERE email = ?", email);
  const id = Number(row!["id"]);
  const { token, ...kept } = createToken();
  const fan = authorize({ userId: id, role, email, displayName: name }, "manage-own-account");
  await write("createApiToken", { ...kept, name: "test", fan });
  return { id, email, token, client: createTheSetClient({ url, token }) };
}
