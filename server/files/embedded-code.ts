import { getAsset, getAssetKeys, getRawAsset } from "node:sea";
import { Script } from "node:vm";

/** What a script calls to load a module: nothing but Node's own is there. */
type Require = (name: string) => unknown;
type Run = (exports: object, require: Require, module: { exports: object }) => void;

/**
 * Runs a script of the single executable, as it was compiled when that was made if it holds that.
 * scripts/binary/make.mjs writes scripts as one function of `exports, require, module`.
 */
export function runEmbedded(name: string): void {
  const cached = `${name}.cache`;
  const cachedData = getAssetKeys().includes(cached) ? new Uint8Array(getRawAsset(cached)) : undefined;
  const script = new Script(getAsset(name, "utf8"), { filename: name, cachedData });
  const module = { exports: {} };
  (script.runInThisContext() as Run)(module.exports, requireBuiltin, module);
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
