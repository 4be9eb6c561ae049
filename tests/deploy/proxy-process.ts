import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { Certificate } from "./certificate.ts";

/** What a recipe's own words are replaced by for a test. */
export interface Ground {
  folder: string;
  certificate: Certificate;
  /** Ports of 127.0.0.1. */
  ports: { http: number; https: number; program: number };
  /** Ordinary time-outs become this, in seconds; as the recipe has them where absent. */
  patience?: number;
  /** Where the program listens in place of its port. */
  socket?: string;
  /** What the program's addresses begin with. */
  basePath?: string;
}

/** A real proxy that runs a recipe of deploy/. */
export interface Proxy {
  name: string;
  installed: boolean;
  /** Whether it holds requests until a restarting program is back, and does not answer 503 meanwhile. */
  holds: boolean;
  start(ground: Ground): Promise<ProxyProcess>;
}

export interface ProxyProcess extends AsyncDisposable {
  log(): string;
}

const START_MS = 20_000;

export function isInstalled(command: string, versionFlag: string): boolean {
  return spawnSync(command, [versionFlag]).status === 0;
}

/** Starts a proxy in the foreground; it is there once a port takes connections. */
export async function startProxy(command: string, args: string[], { port, env }: { port: number; env: Record<string, string> }): Promise<ProxyProcess> {
  const child = spawn(command, args, { env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", ...env } as unknown as NodeJS.ProcessEnv, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stdout.on("data", (chunk: Buffer) => (log += String(chunk)));
  child.stderr.on("data", (chunk: Buffer) => (log += String(chunk)));
  const exited = once(child, "exit");
  const late = performance.now() + START_MS;
  while (!(await accepts(port))) {
    if (child.exitCode !== null || performance.now() > late) {
      child.kill("SIGKILL");
      throw new Error(`${command} does not serve:\n${log}`);
    }
    await setTimeout(20);
  }
  return {
    log: () => log,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** Ports that nobody listens on now. */
export async function freePorts(): Promise<Ground["ports"]> {
  const servers = await Promise.all(
    [0, 1, 2].map(async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const [http, https, program] = servers.map((server) => (server.address() as AddressInfo).port) as [number, number, number];
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return { http, https, program };
}
