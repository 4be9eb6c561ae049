import { isAbsolute } from "node:path";
import { Cron } from "croner";
import * as z from "zod";
import { PROVIDER_EXAMPLES, PROVIDER_SECRETS, providerVariables } from "./provider-variables.ts";
import { NOBODY, trustedProxies } from "./trusted-proxies.ts";
import { flag, wholeNumber } from "./values.ts";

const count = wholeNumber(1, 1_000_000);

const cron = z.string().refine((value) => value === "off" || isCron(value), "Give five fields as cron has them, or off.");

/** Every variable that the program reads, with its working default. */
export const variables = z.object({
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number("Give a port number.").int().min(0, "0 to 65535.").max(65_535, "0 to 65535.").default(3000),
  SOCKET: z.string().refine(isAbsolute, "Give a path that begins with a slash.").optional(),
  DATA_DIR: z.string().min(1).default("./data"),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/, "Only SQLite files are supported.")
    .optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "Give the address that visitors use.", abort: true })
    .refine((url) => new URL(url).pathname === "/", "Give the address without a path; BASE_PATH is for that.")
    .optional(),
  BASE_PATH: z
    .string()
    .regex(/^(\/(?!\.{1,2}(\/|$))[\w.~-]+)*\/?$/, "Give a path that begins with a slash, of letters, digits and -._~ only.")
    .transform((path) => path.replace(/\/$/, ""))
    .default(""),
  TRUST_PROXY: z
    .string()
    .transform((list, context) => {
      const trusted = trustedProxies(list);
      if (trusted === null) context.addIssue("Give the proxies' addresses or networks, or 1 for whoever connects.");
      return trusted ?? NOBODY;
    })
    .prefault("0"),
  DEMO: flag.default(true),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "Use debug, info, warn, error or silent.")
    .default("info"),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/, "Give 16 to 200 visible ASCII characters.")
    .optional(),
  LIVE_STREAMS: count.default(20_000),
  LIVE_STREAMS_PER_ADDRESS: count.default(5_000),
  BACKUP_DIR: z.string().min(1).optional(),
  BACKUP_SCHEDULE: cron.default("17 4 * * *"),
  BACKUP_KEEP: count.default(7),
  BACKUP_S3_URL: z.url({ protocol: /^https?$/, error: "Give the bucket's address." }).optional(),
  BACKUP_S3_REGION: z.string().min(1).default("us-east-1"),
  BACKUP_S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  BACKUP_S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  ...providerVariables,
});

export type VariableName = keyof typeof variables.shape;

/** What a right value looks like. */
export const EXAMPLES: Record<VariableName, string> = {
  HOST: "0.0.0.0",
  PORT: "3000",
  SOCKET: "/run/theset/theset.sock",
  DATA_DIR: "/var/lib/theset",
  DATABASE_URL: "file:./data/theset.db",
  PUBLIC_URL: "https://vote.example.org",
  BASE_PATH: "/theset",
  TRUST_PROXY: "127.0.0.1,10.0.0.0/8",
  DEMO: "0",
  LOG_LEVEL: "info",
  METRICS_TOKEN: "the-output-of-openssl-rand-hex-32",
  LIVE_STREAMS: "20000",
  LIVE_STREAMS_PER_ADDRESS: "5000",
  BACKUP_DIR: "/var/backups/theset",
  BACKUP_SCHEDULE: "17 4 * * *",
  BACKUP_KEEP: "7",
  BACKUP_S3_URL: "https://s3.example.org/bucket/theset",
  BACKUP_S3_REGION: "eu-central-1",
  BACKUP_S3_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  BACKUP_S3_SECRET_ACCESS_KEY: "a-secret-from-your-provider",
  ...PROVIDER_EXAMPLES,
};

/** Variables whose value nobody should read over a shoulder; each may also come from a file, as NAME_FILE. */
export const SECRETS = ["METRICS_TOKEN", "BACKUP_S3_ACCESS_KEY_ID", "BACKUP_S3_SECRET_ACCESS_KEY", ...PROVIDER_SECRETS] as const satisfies VariableName[];

function isCron(pattern: string): boolean {
  try {
    return new Cron(pattern, { paused: true, mode: "5-part" }).nextRun() !== null;
  } catch {
    return false;
  }
}
