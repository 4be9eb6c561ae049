import { join } from "node:path";
import { prepare } from "./build.mjs";
import { handOver, projectNode, root } from "./processes.mjs";

await prepare();
const program = join(root, "build/theset.mjs");
handOver(projectNode, [program, "serve", ...process.argv.slice(2)], {
  NODE_ENV: "production",
});
