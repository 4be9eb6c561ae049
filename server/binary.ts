import { runCommandLine } from "./cli/run.ts";
import { embeddedFiles } from "./files/embedded-files.ts";

void runCommandLine({ files: embeddedFiles });
