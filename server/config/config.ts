import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { z } from "zod";
import { ConfigError } from "./config-error.ts";
import { providersOf, type ProvidersConfig } from "./providers.ts";
import type { TrustedProxies } from "./trusted-proxies.ts";
import { EXAMPLES, SECRETS, variables, type VariableName } from "./variables.ts";

export { ConfigError } from "./config-error.ts";

export type Config = Readonly<{
  host: string;
  port: number;
  /** The Unix socket to listen on in place of host and port. */
  socket: string | null;
  /** Where the database, keys and backups are, unless told otherwise; absolute. */
  dataDir: string;
  /** `file:` with an absolute path. */
  databaseUrl: string;
  databasePath: string;
  /** The site's address as visitors see it; null to take it from each request. */
  publicUrl: string | null;
  /** What the path of every address begins with: "" or such as "/theset". */
  basePath: string;
  /** Whose X-Forwarded-For, -Proto and -Host are believed. */
  trustProxy: TrustedProxies;
  /** Whether a fresh instance starts with the demo catalogue. */
  demo: boolean;
  logLevel: z.infer<typeof variables>["LOG_LEVEL"];
  /** What a reader of /metrics must send; null where nobody may read them. */
  metricsToken: string | null;
  streams: Readonly<{ total: number; perAddress: number }>;
  backup: Readonly<BackupConfig>;
  /** Whether this installation asks providers at all; false where none of `providers` is to be asked. */
  sync: boolean;
  providers: ProvidersConfig;
}>;

export interface BackupConfig {
  /** Absolute. */
  folder: string;
  /** When, as cron has it, in UTC; null for never by itself. */
  schedule: string | null;
  /** How many stay. */
  keep: number;
  /** Where copies go as well; null for nowhere. */
  s3: Readonly<{ url: string; region: string; accessKeyId: string; secretAccessKey: string }> | null;
}

/** Settings by name, as the environment has them. */
export type Variables = Record<string, string | undefined>;

/** The configuration from variables. Throws `ConfigError` for a value that is not valid. */
export function readConfig(env: Variables = process.env): Config {
  const given = withSecretFiles(Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim())));
  const parsed = variables.safeParse(given);
  if (!parsed.success) throw new ConfigError(explain(parsed.error));
  const v = parsed.data;
  const dataDir = resolve(v.DATA_DIR);
  const databasePath = v.DATABASE_URL ? resolve(v.DATABASE_URL.replace(/^file:(\/\/(?=\/))?/, "")) : join(dataDir, "theset.db");
  return Object.freeze({
    host: v.HOST,
    port: v.PORT,
    socket: v.SOCKET ?? null,
    dataDir,
    databaseUrl: fileUrl(databasePath),
    databasePath,
    publicUrl: v.PUBLIC_URL ?? null,
    basePath: v.BASE_PATH,
    trustProxy: v.TRUST_PROXY,
    demo: v.DEMO,
    logLevel: v.LOG_LEVEL,
    metricsToken: v.METRICS_TOKEN ?? null,
    streams: Object.freeze({ total: v.LIVE_STREAMS, perAddress: v.LIVE_STREAMS_PER_ADDRESS }),
    backup: Object.freeze(backupOf(v, dataDir)),
    sync: v.SYNC,
    providers: providersOf(v, v.PUBLIC_URL ? `${new URL(v.PUBLIC_URL).origin}${v.BASE_PATH}/` : null),
  });
}

function backupOf(v: z.infer<typeof variables>, dataDir: string): BackupConfig {
  return {
    folder: v.BACKUP_DIR ? resolve(v.BACKUP_DIR) : join(dataDir, "backups"),
    schedule: v.BACKUP_SCHEDULE === "off" ? null : v.BACKUP_SCHEDULE,
    keep: v.BACKUP_KEEP,
    s3: v.BACKUP_S3_URL ? s3Of(v.BACKUP_S3_URL, v) : null,
  };
}

function s3Of(url: string, v: z.infer<typeof variables>) {
  const [accessKeyId, secretAccessKey] = (["BACKUP_S3_ACCESS_KEY_ID", "BACKUP_S3_SECRET_ACCESS_KEY"] as const).map((name) => {
    const value = v[name];
    if (value === undefined) throw new ConfigError(`${name} is not set, and BACKUP_S3_URL needs it. Example: ${name}=${EXAMPLES[name]}`);
    return value;
  }) as [string, string];
  return Object.freeze({ url, region: v.BACKUP_S3_REGION, accessKeyId, secretAccessKey });
}

/** Takes each secret that is told by NAME_FILE out of that file. */
function withSecretFiles(given: Variables): Variables {
  const all = { ...given };
  for (const name of SECRETS) {
    const file = given[`${name}_FILE`];
    if (file === undefined) continue;
    if (given[name] !== undefined) throw new ConfigError(`${name} and ${name}_FILE are both set: keep one of them.`);
    all[name] = secretIn(file, name);
  }
  return all;
}

function secretIn(file: string, name: VariableName): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${name}_FILE is not valid: the file cannot be read (${why}). Example: ${name}_FILE=/run/secrets/${name.toLowerCase()}`);
  }
}

/** libSQL reads its URLs percent-encoded, with a query and a fragment. */
function fileUrl(path: string): string {
  return `file:${path.replace(/[%?#]/g, encodeURIComponent)}`;
}

function explain(error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const name = String(issue.path[0]) as VariableName;
      return `${name} is not valid: ${issue.message} Example: ${name}=${EXAMPLES[name]}`;
    })
    .join("\n");
}
