import { handOver, projectNode } from "./processes.mjs";
import { setup } from "./setup.mjs";

await setup();
// Vite reloads app/ itself; a change of the server starts it anew.
const watch = ["server", "db", "jobs"].map((folder) => `--watch-path=${folder}`);
// Under --watch, Node posts its list of modules to the main thread of every worker, in between the
// worker's own messages. --watch-path makes no use of that list, so it is turned off.
const quiet = "data:text/javascript,delete process.env.WATCH_REPORT_DEPENDENCIES";
const args = [
  `--import=${quiet}`,
  "--watch-preserve-output",
  ...watch,
  "server/main.ts",
  "serve",
  "--dev",
];
handOver(projectNode, [...args, ...process.argv.slice(2)], { NODE_ENV: "development" });
