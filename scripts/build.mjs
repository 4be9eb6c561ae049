import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { buildIsFresh, removeBuild, stampBuild } from "./freshness.mjs";
import { projectNode, root, run, tool } from "./processes.mjs";
import { setup } from "./setup.mjs";

/** Builds the pages (Remix) and the server (one file for each thread) side by side into build/. */
export async function build() {
  const start = new Date();
  removeBuild();
  const results = await Promise.all([
    run(projectNode, [tool.remix, "vite:build"], { env: { NODE_ENV: "production" } }),
    bundleServer(),
  ]);
  const failed = results.filter((result) => result.code !== 0);
  if (failed.length > 0) {
    console.error(failed.map((result) => result.output.trimEnd()).join("\n"));
    throw new BuildFailed("The build failed.");
  }
  compressAssets(join(root, "build/client"));
  // Written last: Remix empties build/ when it starts.
  for (const { path, contents } of results[1].files) writeFileSync(path, contents);
  stampBuild(start);
  return (Date.now() - start.getTime()) / 1000;
}

export class BuildFailed extends Error {}

/** Builds when a source is newer than the last build; says so on stderr. */
export async function buildWhenStale() {
  if (buildIsFresh()) return;
  console.error("Building (once for each change of the sources) …");
  const seconds = await build();
  console.error(`Built in ${seconds.toFixed(1)} s.`);
}

/** Exits with the output on screen when the build fails; for the commands. */
export async function prepare() {
  await setup();
  try {
    await buildWhenStale();
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** Puts a gzip and a brotli copy beside each text asset, so that serving one costs no work. */
function compressAssets(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => /\.(js|css|svg|txt)$/.test(name));
  for (const name of names) {
    const contents = readFileSync(join(folder, name));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(contents, { level: 9 }));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(contents));
  }
}

async function bundleServer() {
  const { build: bundle, stop } = await import("esbuild");
  try {
    const { outputFiles } = await bundle({
      absWorkingDir: root,
      write: false,
      entryPoints: {
        theset: "server/main.ts",
        "writer-thread": "server/writer-thread.ts",
        "backup-thread": "server/backup/backup-thread.ts",
      },
      outdir: "build",
      outExtension: { ".js": ".mjs" },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node24",
      sourcemap: true,
      define: { "process.env.NODE_ENV": '"production"' },
      // libsql loads native code and Vite serves development only; all else starts faster bundled.
      external: ["libsql", "vite"],
      banner: {
        js: 'import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);',
      },
      logLevel: "silent",
    });
    return { code: 0, output: "", files: outputFiles };
  } catch (error) {
    return { code: 1, output: `esbuild: ${error.message}`, files: [] };
  } finally {
    await stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setup();
  try {
    console.error(`Built in ${(await build()).toFixed(1)} s.`);
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
