import { envFile, handOver, projectNode } from "./processes.mjs";
import { setup } from "./setup.mjs";

await setup();
// Vite reloads app/ itself; a change of the server starts it anew.
const watch = ["server", "db", "jobs"].map((folder) => `--watch-path=${folder}`);
const args = [...envFile, "--watch-preserve-output", ...watch, "server/main.ts", "serve", "--dev"];
handOver(projectNode, [...args, ...process.argv.slice(2)], { NODE_ENV: "development" });
