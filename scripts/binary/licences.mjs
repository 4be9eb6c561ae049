import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../processes.mjs";

/**
 * The licences of everything inside, as one text.
 * @param {string} node the folder of Node's own package
 * @param {import("./inventory.mjs").Package[]} packages
 */
export function licencesOf(node, packages) {
  const parts = packages.map(({ folder, name, version, licence }) => ({
    title: `${name} ${version} (${licence})`,
    text: textIn(join(root, folder)) ?? "The package carries no text of its licence.",
  }));
  const own = textIn(node);
  if (own === null) throw new Error(`${node} carries no licence.`);
  return [{ title: "Node.js", text: own }, ...parts]
    .map(({ title, text }) => `${title}\n${"=".repeat(title.length)}\n\n${text}\n`)
    .join("\n\n");
}

function textIn(folder) {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
  return files.length === 0 ? null : files.map((name) => readFileSync(join(folder, name), "utf8").trim()).join("\n\n");
}
