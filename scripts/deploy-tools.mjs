import { existsSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { installPackages } from "./debian-packages.mjs";

/** What the recipes of deploy/ and executables for another processor are tried with: Debian's packages, and a file of each. */
const packages = {
  nginx: "nginx",
  caddy: "caddy",
  haproxy: "haproxy",
  systemd: "systemd-analyze",
  openssl: "openssl",
  ...(process.arch === "x64" && {
    "qemu-user-static": "qemu-aarch64-static",
    "libc6-arm64-cross": "/usr/aarch64-linux-gnu/lib/ld-linux-aarch64.so.1",
    "libstdc++6-arm64-cross": "/usr/aarch64-linux-gnu/lib/libstdc++.so.6",
  }),
};

/** Where Debian puts proxies, which is not on every user's PATH. */
const folders = (process.env.PATH ?? "").split(delimiter).concat("/usr/sbin", "/usr/bin");

function missingTools() {
  return Object.keys(packages).filter((name) => !folders.some((folder) => existsSync(resolve(folder, packages[name]))));
}

/**
 * Installs what is missing where that is possible; what is missing still. Tests without their tool
 * are skipped, and say so.
 * @returns {Promise<string[]>}
 */
export async function installDeployTools() {
  const missing = missingTools();
  if (missing.length === 0) return missing;
  const why = whyNotInstall();
  if (why !== null) {
    console.error(`Not all of deploy/ and of the executables is tried: ${why}. For that: apt-get install ${missing.join(" ")}`);
    return missing;
  }
  await installPackages(missing, "the tests of deploy/ and of the executables");
  return missingTools();
}

/** Debian starts a proxy as soon as it is installed, on everybody's port 80: that is for the owner to want. */
function whyNotInstall() {
  if (process.getuid?.() !== 0) return "only root installs packages";
  if (!existsSync("/usr/bin/apt-get")) return "there is no apt-get here";
  if (existsSync("/run/systemd/system")) return "systemd would start these proxies at once";
  return null;
}
