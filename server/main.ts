import { runCommandLine } from "./cli/run.ts";
import { folderFiles } from "./files/folder-files.ts";
import { startDevPages } from "./http/dev-pages.ts";

await runCommandLine({ files: folderFiles, startDevPages });
