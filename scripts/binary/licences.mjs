import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../processes.mjs";

/**
 * The licences of everything inside, as one text.
 * @param {string} node Node's own package
 * @param {string[]} packages their folders, below the project's
 */
export function licencesOf(node, packages) {
  const parts = packages.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    if (!name || !license) throw new Error(`${folder} names no licence.`);
    return { title: `${name} ${version} (${license})`, text: textIn(join(root, folder)) };
  });
  return [{ title: "Node.js", text: textIn(node) }, ...parts].map(({ title, text }) => `${title}\n${"=".repeat(title.length)}\n\n${text}\n`).join("\n\n");
}

function textIn(folder) {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
  if (files.length === 0) return "The package carries no text of its licence.";
  return files.map((name) => readFileSync(join(folder, name), "utf8").trim()).join("\n\n");
}

/** Whether a folder is a package's own. */
export function isPackage(folder) {
  const file = join(root, folder, "package.json");
  return existsSync(file) && JSON.parse(readFileSync(file, "utf8")).name !== undefined;
}
