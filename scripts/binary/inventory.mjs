import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../processes.mjs";

/**
 * @typedef {object} Package
 * @property {string} folder below the project's
 * @property {string} name
 * @property {string} version
 * @property {string} licence an SPDX expression
 * @property {string | undefined} integrity of its archive in the registry, as npm's lock has it
 */

/**
 * The packages that go into the executable: all that the program depends on, as installed.
 * @param {string[]} bundled folders of the packages that the bundle took code from
 * @returns {Package[]}
 */
export function packagesInside(bundled) {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const inside = Object.entries(packages)
    .filter(([folder, { dev, devOptional }]) => folder.startsWith("node_modules/") && !dev && !devOptional)
    // The package `node` only fetches Node, which is named by itself.
    .filter(([folder]) => folder !== "node_modules/node" && existsSync(join(root, folder)))
    .map(([folder, { integrity }]) => ({ folder, integrity, ...manifestOf(folder) }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
  const known = new Set(inside.map(({ folder }) => folder));
  const strays = bundled.filter((folder) => !known.has(folder));
  if (strays.length > 0) throw new Error(`Bundled, and no dependency of the program: ${strays.join(", ")}`);
  return inside;
}

function manifestOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const licence = typeof license === "object" ? license.type : license;
  if (!name || !licence) throw new Error(`${folder} names no licence.`);
  return { name, version, licence };
}

/** Whether a folder is a package's own. */
export function isPackage(folder) {
  const file = join(root, folder, "package.json");
  return existsSync(file) && JSON.parse(readFileSync(file, "utf8")).name !== undefined;
}
