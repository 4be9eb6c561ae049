import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stockDatabase, type Stock } from "#tests/bench/stock.ts";
import { startProgram, type Program } from "#tests/faults/program.ts";
import { makeCertificate } from "./certificate.ts";
import { freePorts, type Ground, type Proxy } from "./proxy-process.ts";
import { NAME, Visitor } from "./visitor.ts";

/** The built program behind a real proxy, with shows that take votes. */
export interface Site extends AsyncDisposable {
  stock: Stock;
  ports: Ground["ports"];
  /** Stops the program as a service manager does; its exit code. */
  stopProgram(): Promise<number | null>;
  startProgram(): Promise<void>;
  /** Somebody at an address of 127.0.0.0/8. */
  visitor(address?: string): Visitor;
  /** Somebody who looks at what is not below the base path. */
  outsider(): Visitor;
  /** One for each proxy. */
  visitors: Visitor[];
}

export interface SiteOptions extends Pick<Ground, "patience" | "basePath"> {
  /** Whether the program listens on a Unix socket. */
  onSocket?: boolean;
}

/** Settings that every recipe names. */
const SETTINGS = { PUBLIC_URL: `https://${NAME}`, TRUST_PROXY: "127.0.0.1" };

export async function openSite(proxies: readonly Proxy[], { onSocket = false, ...options }: SiteOptions = {}): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "theset-deploy-"));
  // Proxies give up their rights and read as somebody else.
  chmodSync(folder, 0o755);
  const stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(folder, { recursive: true }));
  try {
    const databaseUrl = `file:${join(folder, "theset.db")}`;
    const stock = await stockDatabase(databaseUrl, { shows: 3, songsPerShow: 20, fans: 20 });
    const { program: port } = await freePorts();
    const socket = onSocket ? join(folder, "theset.sock") : undefined;
    const env: Record<string, string> = { ...SETTINGS, PORT: String(port) };
    if (socket) env["SOCKET"] = socket;
    if (options.basePath) env["BASE_PATH"] = options.basePath;
    const start = () => startProgram({ databaseUrl, env });
    let program: Program = await start();
    stack.defer(() => program[Symbol.asyncDispose]());
    // In place of the proxy's membership of the program's group.
    if (socket) chmodSync(socket, 0o666);
    const certificate = makeCertificate(folder, NAME);
    const grounds: Ground[] = [];
    for (const proxy of proxies) {
      const ports = { ...(await freePorts()), program: port };
      grounds.push({ folder, certificate, ports, ...options, ...(socket && { socket }) });
      stack.use(await proxy.start(grounds.at(-1)!));
    }
    const visitor = ({ ports, basePath }: Ground, address: string) => new Visitor({ port: ports.https, ca: certificate.pem, address, ...(basePath && { basePath }) });
    return {
      stock,
      ports: grounds[0]!.ports,
      stopProgram: async () => (await program.end("SIGTERM")).code,
      startProgram: async () => void (program = await start()),
      visitor: (address = "127.0.0.2") => visitor(grounds[0]!, address),
      outsider: () => visitor({ ...grounds[0]!, basePath: "" }, "127.0.0.2"),
      visitors: grounds.map((ground) => visitor(ground, "127.0.0.2")),
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
