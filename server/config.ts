import { resolve } from "node:path";
import { z } from "zod";

const flag = z
  .enum(["0", "1", "true", "false"], "Use 1 or 0.")
  .transform((value) => value === "1" || value === "true");

const count = z.coerce.number("Give a whole number.").int("Give a whole number.").min(1).max(1_000_000);

/** Every variable that the program reads, with its working default. */
const variables = z.object({
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number("Give a port number.").int().min(0, "0 to 65535.").max(65_535, "0 to 65535.").default(3000),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/, "Only SQLite files are supported.")
    .default("file:./data/theset.db"),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "Give the address that visitors use.", abort: true })
    .refine((url) => new URL(url).pathname === "/", "Give the address without a path.")
    .optional(),
  TRUST_PROXY: flag.default(false),
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
});

type Variables = z.infer<typeof variables>;

const EXAMPLES: Record<keyof Variables, string> = {
  HOST: "0.0.0.0",
  PORT: "3000",
  DATABASE_URL: "file:./data/theset.db",
  PUBLIC_URL: "https://vote.example.org",
  TRUST_PROXY: "1",
  DEMO: "0",
  LOG_LEVEL: "info",
  METRICS_TOKEN: "the-output-of-openssl-rand-hex-32",
  LIVE_STREAMS: "20000",
  LIVE_STREAMS_PER_ADDRESS: "5000",
};

/** A variable has a value that the program can't work with; the message names it and shows a right one. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export type Config = Readonly<{
  host: string;
  port: number;
  /** `file:` with an absolute path. */
  databaseUrl: string;
  databasePath: string;
  /** The site's address as visitors see it; null to take it from each request. */
  publicUrl: string | null;
  /** Whether X-Forwarded-For and X-Forwarded-Proto of the peer are believed. */
  trustProxy: boolean;
  /** Whether a fresh instance starts with the demo catalogue. */
  demo: boolean;
  logLevel: Variables["LOG_LEVEL"];
  /** What a reader of /metrics must send; null where nobody may read them. */
  metricsToken: string | null;
  streams: Readonly<{ total: number; perAddress: number }>;
}>;

/** The configuration from environment variables. Throws `ConfigError` for a value that is not valid. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = variables.safeParse(given);
  if (!parsed.success) throw new ConfigError(explain(parsed.error));
  const v = parsed.data;
  const databasePath = resolve(v.DATABASE_URL.replace(/^file:(\/\/(?=\/))?/, ""));
  return Object.freeze({
    host: v.HOST,
    port: v.PORT,
    databaseUrl: fileUrl(databasePath),
    databasePath,
    publicUrl: v.PUBLIC_URL ?? null,
    trustProxy: v.TRUST_PROXY,
    demo: v.DEMO,
    logLevel: v.LOG_LEVEL,
    metricsToken: v.METRICS_TOKEN ?? null,
    streams: Object.freeze({ total: v.LIVE_STREAMS, perAddress: v.LIVE_STREAMS_PER_ADDRESS }),
  });
}

/** libSQL reads its URLs percent-encoded, with a query and a fragment. */
function fileUrl(path: string): string {
  return `file:${path.replace(/[%?#]/g, encodeURIComponent)}`;
}

function explain(error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const name = String(issue.path[0]) as keyof Variables;
      return `${name} is not valid: ${issue.message} Example: ${name}=${EXAMPLES[name]}`;
    })
    .join("\n");
}
