import { getAsset, getAssetKeys, getRawAsset } from "node:sea";
import { Script } from "node:vm";
import { zstdDecompressSync } from "node:zlib";

/** What a script calls to load a module: nothing but Node's own is there. */
type Require = (name: string) => unknown;
type Run = (exports: object, require: Require, module: { exports: object }) => void;

/**
 * Runs a script of the single executable, as it was compiled when that was made if it holds that.
 * scripts/binary writes scripts in ASCII, as one function of `exports, require, module`.
 */
export function runEmbedded(name: string): void {
  const cache = `${name}.cache`;
  const cachedData = getAssetKeys().includes(`${cache}.zst`) ? unpack(cache) : undefined;
  const script = new Script(unpack(name).toString("latin1"), { filename: name, cachedData });
  const module = { exports: {} };
  (script.runInThisContext() as Run)(module.exports, requireBuiltin, module);
}

/** Large enough for each script: what is unpacked in pieces is copied once more. */
const UNPACKED_BYTES = 4_194_304;

function unpack(name: string): Buffer {
  return zstdDecompressSync(new Uint8Array(getRawAsset(`${name}.zst`)), { chunkSize: UNPACKED_BYTES });
}

function requireBuiltin(name: string): unknown {
  const found: unknown = process.getBuiltinModule(name);
  if (found === undefined) throw Object.assign(new Error(`There is no module ${name} inside.`), { code: "MODULE_NOT_FOUND" });
  return found;
}

/** Code for a thread that does nothing but run a script of the executable. `loader.js` is this file, bundled as `embedded`. */
export function embeddedThread(name: string): string {
  return `${getAsset("loader.js", "utf8")}embedded.runEmbedded(${JSON.stringify(name)});`;
}
