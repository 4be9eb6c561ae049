import { handOver, projectNode } from "./processes.mjs";
import { prepare } from "./build.mjs";

await prepare();
handOver(projectNode, ["tests/bench/run.ts", ...process.argv.slice(2)], { NODE_ENV: "production" });
