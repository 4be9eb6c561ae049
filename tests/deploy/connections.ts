import { readFileSync } from "node:fs";

const ESTABLISHED = "01";

/** The ports from which a port of 127.0.0.1 is connected to now. */
export function connectedTo(port: number): Set<string> {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const rows = readFileSync("/proc/net/tcp", "utf8").split("\n").slice(1).map((row) => row.trim().split(/\s+/));
  return new Set(rows.filter((row) => row[1] === local && row[3] === ESTABLISHED).map((row) => row[2]!));
}
