import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { installPackages } from "./debian-packages.mjs";

/** What the fault tests need beside the program, as Debian's packages. */
const packages = {
  strace: "/usr/bin/strace",
  slowhttptest: "/usr/bin/slowhttptest",
  libfaketime: "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
};

/** The packages among `names` that are not installed. */
function missingTools(names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.filter((name) => !existsSync(packages[name]) && !folders.some((folder) => existsSync(join(folder, name))));
}

/** Installs what is missing, or ends the process with a line that says what to install. */
export async function requireFaultTools() {
  const missing = await installFaultTools();
  if (missing.length > 0) stop(`The fault tests need: apt-get install ${missing.join(" ")}`);
}

/** Installs what is missing where that is possible; what is missing still. */
export async function installFaultTools(names = Object.keys(packages)) {
  const missing = missingTools(names);
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return missing;
  await installPackages(missing, "the fault tests");
  return missingTools(names);
}

/** @returns {never} */
function stop(message) {
  console.error(message);
  process.exit(1);
}
