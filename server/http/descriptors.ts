import { readFile } from "node:fs/promises";

/** How many files and sockets this process may have open; null where the system does not say. */
export async function descriptorLimit(): Promise<number | null> {
  const limits = await readFile("/proc/self/limits", "utf8").catch(() => "");
  const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return soft === undefined ? null : Number(soft);
}
