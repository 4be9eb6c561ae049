import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { run } from "./processes.mjs";

const DEBIAN = "/usr/lib/postgresql";
const ADVICE = "Install PostgreSQL (Debian: apt-get install postgresql) to measure the peer.";

/** There is no PostgreSQL here; the message says what to install. */
export class PostgresMissing extends Error {}

/**
 * Starts a PostgreSQL of its own, with its data in a new folder: default settings, fsync on, reached over a
 * Unix socket. Throws `PostgresMissing` where there is none and none can be installed.
 * @param {string} folder where the data folder is made
 * @returns {Promise<{ socketFolder: string, port: number, version: string, stop(): Promise<void> }>}
 */
export async function startPostgres(folder) {
  const bin = await findPostgres();
  const owner = unprivileged();
  const data = mkdtempSync(join(folder, "theset-postgres-"));
  if (owner.uid !== undefined) chownSync(data, owner.uid, owner.gid);
  const cluster = join(data, "cluster");
  const initdb = join(bin, "initdb");
  execFileSync(initdb, ["-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"], {
    ...owner,
    cwd: data,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const port = await freePort();
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", `unix_socket_directories=${data}`];
  const args = ["-D", cluster, ...settings.flatMap((setting) => ["-c", setting])];
  const child = spawn(join(bin, "postgres"), args, { ...owner, cwd: data, stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit");
  const abandon = () => abandonCluster(child, data);
  process.prependOnceListener("exit", abandon);
  await ready(child);
  const version = execFileSync(join(bin, "postgres"), ["--version"], { encoding: "utf8" }).trim();
  return {
    socketFolder: data,
    port,
    version,
    async stop() {
      child.kill("SIGINT");
      await exited;
      process.off("exit", abandon);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The folder of PostgreSQL's programs; installs Debian's package when root may. */
async function findPostgres() {
  const found = installed();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) throw new PostgresMissing(ADVICE);
  console.error("Installing PostgreSQL (once) …");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const install = () => run("apt-get", ["install", "-y", "--no-install-recommends", "postgresql"], { env });
  let result = await install();
  if (result.code !== 0) {
    await run("apt-get", ["update"], { env });
    result = await install();
  }
  const now = installed();
  if (!now) throw new PostgresMissing(`${result.output.trimEnd()}\n${ADVICE}`);
  return now;
}

function installed() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(DEBIAN, version, "bin")), pathOf("initdb")];
  return folders.find((folder) => folder && existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}

function pathOf(program) {
  return (process.env.PATH ?? "").split(":").find((folder) => folder && existsSync(join(folder, program)));
}

/** initdb refuses root: the owner of Debian's package runs it then, else whoever started this script. */
function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const id = (kind) => Number(execFileSync("id", [kind, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** For the end of this process, which waits for nothing: ends the server at once, and then its data. */
function abandonCluster(child, data) {
  child.kill("SIGQUIT");
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let i = 0; i < 100 && existsSync(join(data, "cluster/postmaster.pid")); i += 1) Atomics.wait(clock, 0, 0, 20);
  rmSync(data, { recursive: true, force: true });
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Waits until it takes connections; what it logs goes nowhere afterwards. */
function ready(child) {
  return new Promise((resolve, reject) => {
    let log = "";
    child.stderr.on("data", (chunk) => {
      if (log === null) return;
      log += chunk;
      if (!log.includes("ready to accept connections")) return;
      log = null;
      resolve();
    });
    child.once("exit", () => reject(new Error(`PostgreSQL ended at its start:\n${log ?? ""}`)));
  });
}
