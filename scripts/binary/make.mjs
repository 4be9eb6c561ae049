import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { constants, crc32, zstdCompressSync } from "node:zlib";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { bundleForBinary } from "./bundle.mjs";
import { recordCodeCache } from "./code-cache.mjs";
import { fetchPackage, lockedPackage, nodeIntegrity } from "./packages.mjs";
import { packagesInside } from "./inventory.mjs";
import { licencesOf } from "./licences.mjs";
import { billOfMaterials } from "./sbom.mjs";
import { prepare } from "../build.mjs";
import { projectNode, root, run } from "../processes.mjs";

/** Processors that a single executable is made for, as Node and npm name them. */
const ARCHES = ["x64", "arm64"];
/** What strips an executable of another processor than this machine's, in Debian's packages. */
const FOREIGN_STRIP = { x64: "x86_64-linux-gnu-strip", arm64: "aarch64-linux-gnu-strip" };
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";
const dist = join(root, "dist");
const USAGE = `npm run build:binary -- [--arch x64|arm64]… [--folder FOLDER] [--no-code-cache] [--xz]

  --arch           the processor, as often as you like; by default this machine's
  --folder         where to, by default dist/
  --no-code-cache  leaves compiled code out, as always for another processor: starts slower, and two
                   builds of the same sources are the same, byte by byte
  --xz             compresses it as well`;

/**
 * Makes dist/theset-linux-ARCH: Node with the program, its pages, migrations and add-on inside, and
 * beside it its SHA-256 and its bill of materials. But for the code cache, the same sources make the
 * same bytes, in whatever folder and at whatever time.
 * @param {string} arch
 * @param {{ codeCache?: boolean, folder?: string }} [options] `codeCache`: compiled code inside, which no two
 *   builds have the same; faster to start, and of use to the processor only that it was made on
 */
export async function buildBinary(arch, { codeCache = arch === process.arch, folder = dist } = {}) {
  const work = join(folder, `work-${arch}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const { node, nodeVersion, addon } = await baseFor(arch);
  const bundle = await bundleForBinary();
  const packages = packagesInside(bundle.packages);
  const assets = {
    "loader.js": put("loader.js", bundle.loader),
    "migrations.json": put("migrations.json", JSON.stringify(readMigrationFiles({ migrationsFolder: join(root, "db/migrations") }))),
    "licences.txt": put("licences.txt", licencesOf(node, packages)),
    "libsql.node": addon.file,
    "libsql.node.sha256": put("libsql.node.sha256", addon.sha256),
    "libsql.node.crc32": put("libsql.node.crc32", String(crc32(readFileSync(addon.file)))),
    ...clientAssets(),
  };
  put("theset.cjs", `${bundle.loader}embedded.runEmbedded("program.js");`);
  for (const [name, script] of Object.entries(bundle.scripts)) assets[`${name}.zst`] = putSmall(name, script);
  if (codeCache) {
    const compiled = await recordCodeCache(work, assets);
    for (const [name, code] of Object.entries(compiled)) assets[`${name}.zst`] = putSmall(name, code);
  }
  const config = {
    // Relative, as it goes into the blob.
    main: "theset.cjs",
    output: "blob",
    disableExperimentalSEAWarning: true,
    // Else whoever sets NODE_OPTIONS would have their code run inside.
    execArgvExtension: "none",
    assets,
  };
  await mustRun(projectNode, ["--experimental-sea-config", put("sea.json", JSON.stringify(config))], { cwd: work });
  const name = `theset-linux-${arch}`;
  const target = join(folder, name);
  await inject(arch, join(node, "bin/node"), join(work, config.output), target);
  rmSync(work, { recursive: true });
  const hash = writeHash(target);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const bill = billOfMaterials({ version, nodeVersion, addon, sha256: hash, packages });
  writeFileSync(`${target}.cdx.json`, `${JSON.stringify(bill, null, 2)}\n`);
  return target;

  function put(name, contents) {
    const path = join(work, name);
    writeFileSync(path, contents);
    return path;
  }

  /** Compressed: what is read of an executable stays in memory as long as it runs. */
  function putSmall(name, contents) {
    return put(`${name}.zst`, zstdCompressSync(contents, { params: { [constants.ZSTD_c_compressionLevel]: 19 } }));
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
  const nodeVersion = await ownNodeVersion();
  const nodeName = `node-linux-${arch}@${nodeVersion}`;
  const node = await fetchPackage(nodeName, nodeIntegrity(nodeName));
  const name = `@libsql/linux-${arch}-gnu`;
  const { version, integrity } = lockedPackage(name);
  const file = join(await fetchPackage(`${name}@${version}`, integrity), "index.node");
  return { node, nodeVersion, addon: { name, version, file, sha256: sha256(readFileSync(file)) } };
}

async function ownNodeVersion() {
  const { output } = await mustRun(projectNode, ["--version"]);
  return output.trim().slice(1);
}

/** Stripped first: stripping takes away what is injected. */
async function inject(arch, node, blob, target) {
  rmSync(target, { force: true });
  copyFileSync(node, target);
  chmodSync(target, 0o755);
  const stripped = await run(arch === process.arch ? "strip" : FOREIGN_STRIP[arch], [target]);
  // Without Debian's binutils, or binutils-aarch64-linux-gnu for the other processor.
  if (stripped.code !== 0) console.error(`Not stripped, so larger than need be: ${stripped.output.trim().split("\n", 1)[0]}`);
  // As a process of its own: it says a dozen lines about a stripped file's notes, which mean nothing.
  const postject = join(root, "node_modules/postject/dist/cli.js");
  await mustRun(projectNode, [postject, target, "NODE_SEA_BLOB", blob, "--sentinel-fuse", FUSE]);
}

async function mustRun(command, args, options = {}) {
  const result = await run(command, args, options);
  if (result.code !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${result.output}`);
  return result;
}

/** Puts a file's SHA-256 beside it, as `sha256sum --check` reads it, and tells it. */
function writeHash(file) {
  const hash = sha256(readFileSync(file));
  writeFileSync(`${file}.sha256`, `${hash}  ${basename(file)}\n`);
  return hash;
}

function sha256(contents) {
  return createHash("sha256").update(contents).digest("hex");
}

function megabytes(file) {
  return (statSync(file).size / 1e6).toFixed(1);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        arch: { type: "string", multiple: true, default: [process.arch] },
        folder: { type: "string", default: dist },
        "code-cache": { type: "boolean", default: true },
        xz: { type: "boolean", default: false },
      },
      allowNegative: true,
    }).values;
  } catch (error) {
    return wrong(error.message);
  }
}

function wrong(message) {
  console.error(`${message}\n\n${USAGE}`);
  process.exit(2);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { arch: arches, folder, "code-cache": codeCache, xz } = readOptions();
  const unknown = arches.find((arch) => !ARCHES.includes(arch));
  if (unknown) wrong(`--arch ${unknown}: there are ${ARCHES.join(" and ")}.`);
  await prepare();
  for (const arch of arches) {
    const target = await buildBinary(arch, { folder: resolve(folder), codeCache: codeCache && arch === process.arch });
    console.log(`${target}: ${megabytes(target)} MB`);
    if (!xz) continue;
    // One thread, or the bytes would tell how many processors there were.
    await mustRun("xz", ["--keep", "--force", "--threads=1", "-9", target]);
    writeHash(`${target}.xz`);
    console.log(`${target}.xz: ${megabytes(`${target}.xz`)} MB`);
  }
}
