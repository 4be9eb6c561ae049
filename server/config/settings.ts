import type { Config } from "./config.ts";
import type { Environment, Origin } from "./environment.ts";
import { providerVariables, type ProviderVariableName } from "./provider-variables.ts";
import { SECRETS, variables, type VariableName } from "./variables.ts";

export interface Setting {
  name: VariableName;
  /** As it is in effect; null where there is none; "****" for a secret. */
  value: string | null;
  from: "default" | Origin | "file";
}

type OwnVariableName = Exclude<VariableName, ProviderVariableName>;

/** What each variable comes to; `environment` is what the configuration was read from. */
const shown: Record<OwnVariableName, (config: Config, environment: Environment) => string | null> = {
  HOST: ({ host }) => host,
  PORT: ({ port }) => String(port),
  SOCKET: ({ socket }) => socket,
  DATA_DIR: ({ dataDir }) => dataDir,
  DATABASE_URL: ({ databaseUrl }) => databaseUrl,
  PUBLIC_URL: ({ publicUrl }) => publicUrl,
  BASE_PATH: ({ basePath }) => basePath,
  TRUST_PROXY: (_config, { values }) => values["TRUST_PROXY"]?.trim() || "0",
  DEMO: ({ demo }) => (demo ? "1" : "0"),
  LOG_LEVEL: ({ logLevel }) => logLevel,
  METRICS_TOKEN: ({ metricsToken }) => metricsToken,
  LIVE_STREAMS: ({ streams }) => String(streams.total),
  LIVE_STREAMS_PER_ADDRESS: ({ streams }) => String(streams.perAddress),
  BACKUP_DIR: ({ backup }) => backup.folder,
  BACKUP_SCHEDULE: ({ backup }) => backup.schedule ?? "off",
  BACKUP_KEEP: ({ backup }) => String(backup.keep),
  BACKUP_S3_URL: ({ backup }) => backup.s3?.url ?? null,
  BACKUP_S3_REGION: ({ backup }, { values }) => backup.s3?.region ?? (values["BACKUP_S3_REGION"] || "us-east-1"),
  BACKUP_S3_ACCESS_KEY_ID: ({ backup }) => backup.s3?.accessKeyId ?? null,
  BACKUP_S3_SECRET_ACCESS_KEY: ({ backup }) => backup.s3?.secretAccessKey ?? null,
};

/** Every setting with its value in effect and where that comes from, secrets masked. */
export function describeSettings(config: Config, environment: Environment): Setting[] {
  return (Object.keys(variables.shape) as VariableName[]).map((name) => {
    const value = isOfProviders(name) ? shownOfProviders(name, config, environment) : shown[name](config, environment);
    const from = isSecret(name) && environment.originOf(`${name}_FILE`) ? "file" : (environment.originOf(name) ?? "default");
    return { name, value: value !== null && isSecret(name) ? "****" : value, from };
  });
}

function isOfProviders(name: VariableName): name is ProviderVariableName {
  return name in providerVariables;
}

/** A setting of a provider that has none is the provider's own, or nothing. */
function shownOfProviders(name: ProviderVariableName, { sync, providers }: Config, { values }: Environment): string | null {
  if (name === "SYNC") return sync ? "1" : "0";
  if (name === "MUSICBRAINZ") return providers.musicbrainz ? "1" : "0";
  if (name === "MUSICBRAINZ_CONTACT" && providers.musicbrainz) return providers.musicbrainz.contact;
  const fromFile = isSecret(name) ? values[`${name}_FILE`] : undefined;
  return values[name]?.trim() || fromFile || null;
}

function isSecret(name: VariableName): boolean {
  return SECRETS.some((secret) => secret === name);
}
