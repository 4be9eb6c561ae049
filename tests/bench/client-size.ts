import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

interface Module {
  module: string;
  imports?: string[];
}

interface Manifest {
  entry: Module;
  routes: Record<string, Module>;
}

/** Gzipped bytes of all the JavaScript that the show page loads. */
export function showPageScriptBytes(buildFolder: string): number {
  const assets = join(buildFolder, "client/assets");
  const name = readdirSync(assets).find((file) => /^manifest-.*\.js$/.test(file));
  if (!name) throw new Error("The build has no manifest");
  const source = readFileSync(join(assets, name), "utf8");
  const manifest = JSON.parse(source.replace(/^window\.__remixManifest=/, "").replace(/;\s*$/, "")) as Manifest;
  const show = manifest.routes["routes/show"];
  if (!show) throw new Error("The manifest has no show page");
  const modules = [manifest.entry, manifest.routes["root"]!, show].flatMap((m) => [m.module, ...(m.imports ?? [])]);
  const files = new Set([...modules.map((path) => path.replace(/^.*\/assets\//, "")), name]);
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(assets, file))).length, 0);
}
