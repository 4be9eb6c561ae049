import { prepare } from "./build.mjs";
import { requireFaultTools } from "./fault-tools.mjs";
import { handOver, projectNode } from "./processes.mjs";

await requireFaultTools();
await prepare();
handOver(projectNode, ["tests/faults/run.ts", ...process.argv.slice(2)]);
