import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { build, type Plugin } from "esbuild";

const require = createRequire(join(process.cwd(), "package.json"));

/** The driver with its add-on stays where it is installed. */
const driver: Plugin = {
  name: "driver",
  setup: (bundle) => bundle.onResolve({ filter: /^libsql/ }, ({ path }) => ({ path: require.resolve(path), external: true })),
};

const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };

/** Makes one file of a script of the sources, and returns its path in the folder. The script must not ask where its own file is. */
export async function bundleInto(folder: string, script: string): Promise<string> {
  const outfile = join(folder, `${basename(script, ".ts")}.mjs`);
  await build({ entryPoints: [script], outfile, bundle: true, platform: "node", format: "esm", target: "node24", banner, plugins: [driver], logLevel: "error" });
  return outfile;
}
