import { ConfigError } from "../config/config.ts";
import { UsageError } from "./program.ts";

/** The message alone where it says all that an operator needs, else the whole error. */
export function told(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ("code" in error && error.code === "EADDRINUSE") return "This address is taken. Set another one, for example PORT=3001.";
  const known = error instanceof ConfigError || error instanceof UsageError || ["MigrationError", "AppError"].includes(error.name);
  return known ? error.message : error;
}
