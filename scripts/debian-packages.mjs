import { run } from "./processes.mjs";

/**
 * Installs Debian's packages, for root; what goes wrong is told on stderr.
 * @param {string[]} names
 * @param {string} what they are for
 */
export async function installPackages(names, what) {
  console.error(`Installing ${names.join(", ")} for ${what} (once) …`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...names]]) {
    const { code, output } = await run("apt-get", args, { env });
    if (code !== 0) console.error(`${output.trimEnd()}\n\`apt-get ${args.join(" ")}\` failed.`);
  }
}
