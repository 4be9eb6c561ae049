import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../processes.mjs";
import { isPackage } from "./inventory.mjs";

/** What libsql's own search for its native half ends with. */
const SEARCH = "} = requireNative();";
/** The parts of that search. */
const SEARCHING = [/^const \{ load, currentTarget \}.*\n/m, /^const \{ familySync, .*\n/m, /^function requireNative\(\) \{\n[^]*?\n\}\n/m];

/** The program's scripts by the name that each has in the executable. */
const SCRIPTS = {
  "program.js": "server/binary.ts",
  "writer-thread.js": "server/writer-thread.ts",
  "backup-thread.js": "server/backup/backup-thread.ts",
};

/**
 * The program and its threads as one script each that needs nothing beside Node, and what loads them.
 * @returns {Promise<{ loader: string, scripts: Record<string, string>, packages: string[] }>} `scripts`: by name, each a
 *   function of `exports, require, module`; `loader`: what puts `runEmbedded` into `embedded`; `packages`: folders of what went in
 */
export async function bundleForBinary() {
  const { build, stop } = await import("esbuild");
  const common = {
    absWorkingDir: root,
    write: false,
    outdir: "dist",
    bundle: true,
    platform: "node",
    target: "node24",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    logLevel: "silent",
  };
  try {
    const loader = await build({ ...common, entryPoints: ["server/files/embedded-code.ts"], format: "iife", globalName: "embedded" });
    const result = await build({
      ...common,
      metafile: true,
      entryPoints: Object.fromEntries(Object.entries(SCRIPTS).map(([name, entry]) => [name.replace(/\.js$/, ""), entry])),
      format: "cjs",
      banner: { js: "(function (exports, require, module) {" },
      footer: { js: "})" },
      define: { "process.env.NODE_ENV": '"production"' },
      plugins: [pages, libsqlAddon, ownFetch, oneStore],
    });
    const text = (name) => inAscii(result.outputFiles.find(({ path }) => path.endsWith(`/${name}`)).text);
    return {
      loader: loader.outputFiles[0].text,
      scripts: Object.fromEntries(Object.keys(SCRIPTS).map((name) => [name, text(name)])),
      packages: packagesIn(Object.keys(result.metafile.inputs)),
    };
  } finally {
    await stop();
  }
}

/** Other letters, which esbuild leaves in patterns as they are, would make each letter of a script take two bytes. */
function inAscii(script) {
  return script.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The pages as they were built. */
const pages = {
  name: "pages",
  setup({ onResolve }) {
    onResolve({ filter: /^theset:pages$/ }, () => ({ path: join(root, "build/server/index.js") }));
  },
};

/** Remix brings two ways to fetch along, for programs that ask it to put them in place of Node's. */
const ownFetch = {
  name: "own-fetch",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(undici|@remix-run\/web-fetch)$/ }, ({ path }) => ({ path, namespace: "left-out" }));
    onLoad({ filter: /.*/, namespace: "left-out" }, ({ path }) => ({ contents: `throw new Error("${path} is not inside: Node's own fetch is used.");` }));
  },
};

/** Attempts are counted in memory; their package knows twenty other places. */
const oneStore = {
  name: "one-store",
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/rate-limiter-flexible\/index\.js$/ }, ({ path }) => {
      const parts = ["RateLimiterMemory", "RateLimiterRes"];
      const whole = readFileSync(path, "utf8");
      const gone = parts.find((part) => !whole.includes(`const ${part} = require('./lib/${part}');`));
      if (gone) throw new Error(`${path} has no ${gone} where it was.`);
      return { contents: parts.map((part) => `exports.${part} = require("./lib/${part}");`).join("\n") };
    });
  },
};

/** libsql looks its native half up in node_modules; inside an executable it is an asset. */
const libsqlAddon = {
  name: "libsql-addon",
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/libsql\/(index|promise)\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      if (source.split(SEARCH).length !== 2 || !SEARCHING.every((part) => part.test(source))) {
        throw new Error(`${path} is not as it was: look how it loads its native half.`);
      }
      const own = JSON.stringify(join(root, "server/files/libsql-addon.ts"));
      const rest = SEARCHING.reduce((text, part) => text.replace(part, ""), source);
      return { contents: rest.replace(SEARCH, `} = require(${own}).addon;`), resolveDir: dirname(path) };
    });
  },
};

/** The folders of the packages that files are of. */
function packagesIn(files) {
  const folders = new Set();
  for (const file of files) {
    if (!file.includes("node_modules/")) continue;
    let folder = dirname(file);
    while (!isPackage(folder)) folder = dirname(folder);
    folders.add(folder);
  }
  return [...folders].sort();
}
