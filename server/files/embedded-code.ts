import { getAsset, getAssetKeys, getRawAsset } from "node:sea";
import { Script } from "node:vm";
import { parentPort, setEnvironmentData, type Serializable } from "node:worker_threads";
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

/** In a thread: runs a script as soon as the program says what its environment data are. */
export function runWhenTold(name: string): void {
  parentPort!.once("message", (data: Record<string, Serializable>) => {
    for (const [key, value] of Object.entries(data)) setEnvironmentData(key, value);
    runEmbedded(name);
  });
}

/** Code for a thread that runs a script of the executable, at once or when told. `loader.js` is this file, bundled as `embedded`. */
export function embeddedThread(name: string, run: "runEmbedded" | "runWhenTold" = "runEmbedded"): string {
  return `${getAsset("loader.js", "utf8")}embedded.${run}(${JSON.stringify(name)});`;
}
