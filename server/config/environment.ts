import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { ConfigError } from "./config-error.ts";
import type { Variables } from "./config.ts";

/** Where a variable's value comes from. */
export type Origin = "environment" | ".env";

export interface Environment {
  values: Variables;
  /** Null for a variable that is not set. */
  originOf: (name: string) => Origin | null;
}

/** The process's environment over the `.env` file of a folder; an empty value is none. Throws `ConfigError` where that file cannot be read. */
export function readEnvironment(folder: string, own: Variables = process.env): Environment {
  const file = dotenv(join(folder, ".env"));
  const isSet = (from: Variables, name: string) => Boolean(from[name]?.trim());
  return {
    values: { ...file, ...Object.fromEntries(Object.entries(own).filter(([name]) => isSet(own, name))) },
    originOf: (name) => (isSet(own, name) ? "environment" : isSet(file, name) ? ".env" : null),
  };
}

function dotenv(path: string): Variables {
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // A working directory that others keep closed holds no settings for us either.
    if (code === "ENOENT" || code === "ENOTDIR") return {};
    throw new ConfigError(`The settings in ${path} cannot be read (${message}). Let this user read the file, or take it away.`);
  }
}
