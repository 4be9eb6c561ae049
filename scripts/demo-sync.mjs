import { buildWhenStale } from "./build.mjs";
import { handOver, projectNode } from "./processes.mjs";

await buildWhenStale();
handOver(projectNode, ["tests/demo-sync/run.ts", ...process.argv.slice(2)]);
