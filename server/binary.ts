import { startWriterAhead } from "./files/embedded-writer.ts";

if (process.argv[2] === "serve") startWriterAhead();

// Loaded when it runs, so that what goes wrong with the add-on is told in words.
import("./cli/run.ts")
  .then(async ({ runCommandLine }) => {
    const { embeddedFiles } = await import("./files/embedded-files.ts");
    await runCommandLine({ files: embeddedFiles });
  })
  .catch((error: unknown) => {
    console.error(error instanceof Error && error.name === "AddonError" ? error.message : error);
    process.exitCode = 1;
  });
