import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { bundleForBinary } from "./bundle.mjs";
import { fetchPackage } from "./packages.mjs";
import { packagesInside } from "./inventory.mjs";
import { licencesOf } from "./licences.mjs";
import { billOfMaterials } from "./sbom.mjs";
import { prepare } from "../build.mjs";
import { projectNode, root, run } from "../processes.mjs";

/** Processors that a single executable is made for, as Node and npm name them. */
const ARCHES = ["x64", "arm64"];
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";
const dist = join(root, "dist");

/**
 * Makes dist/theset-linux-ARCH: Node with the program, its pages, migrations and add-on inside, and
 * beside it its SHA-256 and its bill of materials.
 * @param {string} arch
 * @param {{ codeCache?: boolean, folder?: string }} [options] `codeCache`: compiled code inside, which no two
 *   builds have the same; faster to start
 */
export async function buildBinary(arch, { codeCache = arch === process.arch, folder = dist } = {}) {
  const work = join(folder, `work-${arch}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const { node, nodeVersion, addon } = await baseFor(arch);
  const bundle = await bundleForBinary();
  const packages = packagesInside(bundle.packages);
  const assets = {
    "writer-thread.js": put("writer-thread.js", bundle.writerThread),
    "backup-thread.js": put("backup-thread.js", bundle.backupThread),
    "migrations.json": put("migrations.json", JSON.stringify(readMigrationFiles({ migrationsFolder: join(root, "db/migrations") }))),
    "licences.txt": put("licences.txt", licencesOf(node, packages)),
    "libsql.node": addon.file,
    "libsql.node.sha256": put("libsql.node.sha256", addon.sha256),
    ...clientAssets(),
  };
  const config = {
    main: put("theset.js", bundle.main),
    output: join(work, "blob"),
    disableExperimentalSEAWarning: true,
    useCodeCache: codeCache,
    // Else whoever sets NODE_OPTIONS would have their code run inside.
    execArgvExtension: "none",
    assets,
  };
  await mustRun(projectNode, ["--experimental-sea-config", put("sea.json", JSON.stringify(config))]);
  const name = `theset-linux-${arch}`;
  const target = join(folder, name);
  await inject(join(node, "bin/node"), config.output, target);
  rmSync(work, { recursive: true });
  const hash = sha256(readFileSync(target));
  writeFileSync(`${target}.sha256`, `${hash}  ${name}\n`);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const bill = billOfMaterials({ version, nodeVersion, addon, sha256: hash, packages });
  writeFileSync(`${target}.cdx.json`, `${JSON.stringify(bill, null, 2)}\n`);
  return target;

  function put(name, contents) {
    const path = join(work, name);
    writeFileSync(path, contents);
    return path;
  }

  function clientAssets() {
    const client = join(root, "build/client");
    const names = readdirSync(client, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(client.length + 1).replaceAll(sep, "/"))
      .sort();
    return {
      "client.json": put("client.json", JSON.stringify(names)),
      ...Object.fromEntries(names.map((name) => [`client/${name}`, join(client, name)])),
    };
  }
}

/** The Node and the add-on of a processor, of the versions that the project runs on. */
async function baseFor(arch) {
  const version = JSON.parse(readFileSync(join(root, "node_modules/libsql/package.json"), "utf8")).version;
  const name = `@libsql/linux-${arch}-gnu`;
  const nodeVersion = await ownNodeVersion();
  const node = await fetchPackage(`node-linux-${arch}@${nodeVersion}`);
  const file = join(await fetchPackage(`${name}@${version}`), "index.node");
  return { node, nodeVersion, addon: { name, version, file, sha256: sha256(readFileSync(file)) } };
}

async function ownNodeVersion() {
  const { output } = await mustRun(projectNode, ["--version"]);
  return output.trim().slice(1);
}

/** Stripped first: stripping takes away what is injected. */
async function inject(node, blob, target) {
  rmSync(target, { force: true });
  copyFileSync(node, target);
  chmodSync(target, 0o755);
  const stripped = await run("strip", [target]);
  // Of another processor, or without Debian's binutils.
  if (stripped.code !== 0) console.error(`Not stripped, so larger than need be: ${stripped.output.trim().split("\n", 1)[0]}`);
  // As a process of its own: it says a dozen lines about a stripped file's notes, which mean nothing.
  const postject = join(root, "node_modules/postject/dist/cli.js");
  await mustRun(projectNode, [postject, target, "NODE_SEA_BLOB", blob, "--sentinel-fuse", FUSE]);
}

async function mustRun(command, args) {
  const result = await run(command, args);
  if (result.code !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${result.output}`);
  return result;
}

function sha256(contents) {
  return createHash("sha256").update(contents).digest("hex");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: { arch: { type: "string", multiple: true }, xz: { type: "boolean", default: false } },
  });
  const arches = values.arch ?? [process.arch];
  const unknown = arches.find((arch) => !ARCHES.includes(arch));
  if (unknown) {
    console.error(`--arch ${unknown}: there are ${ARCHES.join(" and ")}.`);
    process.exit(2);
  }
  await prepare();
  for (const arch of arches) {
    const target = await buildBinary(arch);
    console.log(`${target}: ${megabytes(target)} MB`);
    if (!values.xz) continue;
    await mustRun("xz", ["--keep", "--force", "--threads=0", "-9", target]);
    console.log(`${target}.xz: ${megabytes(`${target}.xz`)} MB`);
  }
}

function megabytes(file) {
  return (statSync(file).size / 1e6).toFixed(1);
}
