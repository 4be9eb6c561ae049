import { fileURLToPath } from "node:url";
import { startProcess, type BenchServer } from "../server-process.ts";
import type { PeerDatabases } from "./database.ts";

const script = fileURLToPath(new URL("./server.ts", import.meta.url));

/** The peer in a process of its own, on a copy of its stock. */
export function startPeer(databases: PeerDatabases, database: string, poolSize = 20): Promise<BenchServer> {
  const { host, port } = databases.address;
  return startProcess([script, String(poolSize), host, String(port), database], {
    env: { NODE_ENV: "production" },
    greeting: /The peer is at (\S+)/,
  });
}
