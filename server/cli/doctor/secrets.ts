import { statSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../config/environment.ts";
import { SECRETS } from "../../config/variables.ts";
import { ok, warn, type Finding } from "./finding.ts";

/** Whether other users of this machine may read what holds a secret: the files of NAME_FILE, and a .env with one in it. */
export function checkSecrets(folder: string, { values, originOf }: Environment): Finding | null {
  const files = SECRETS.flatMap((name) => values[`${name}_FILE`]?.trim() || []);
  if (SECRETS.some((name) => originOf(name) === ".env")) files.push(join(folder, ".env"));
  if (files.length === 0) return null;
  const open = files.filter((file) => (statSync(file).mode & 0o007) !== 0);
  if (open.length === 0) return ok("secrets", `only their user and group may read ${files.join(", ")}`);
  return warn("secrets", `every user of this machine may read ${open.join(", ")}`, `Close them: chmod 600 ${open.join(" ")}`);
}
