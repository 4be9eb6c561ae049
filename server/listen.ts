import { chmodSync, lstatSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import type { Config } from "./config/config.ts";
import { passedSocket } from "./config/passed-socket.ts";

/** Nobody can be heard at the address that is set; the message says why and what to do. */
export class ListenError extends Error {
  override readonly name = "ListenError";
  /** The system's code, such as EADDRINUSE. */
  readonly code: string;

  constructor(message: string, code = "EADDRINUSE") {
    super(message);
    this.code = code;
  }
}

type Place = Pick<Config, "host" | "port" | "socket">;

/** Connections that may wait on a passed socket while one program ends and the next begins; the system allows 4,096 by default. */
const WAITING = 4_096;

/** A proxy in the same group may connect, others may not. */
const SOCKET_MODE = 0o660;

/**
 * Listens on the socket that the service manager passes on, else on the one that is set, else on host
 * and port; the address to open. Throws `ListenError`.
 */
export async function listen(server: Server, place: Place, passed: number | null = passedSocket()): Promise<string> {
  const { host, port, socket } = place;
  if (passed !== null) {
    await listening(server, { fd: passed, backlog: WAITING }, place);
    const address = server.address() as AddressInfo | null;
    // Node does not tell the path of a Unix socket that it has not made.
    return address === null ? `unix:${socket ?? ""}` : urlOf(address);
  }
  if (socket === null) {
    await listening(server, { host, port }, place);
    return urlOf(server.address() as AddressInfo);
  }
  await removeStale(socket);
  await listening(server, { path: socket }, place);
  chmodSync(socket, SOCKET_MODE);
  return `unix:${socket}`;
}

function listening(server: Server, at: { host: string; port: number } | { path: string } | { fd: number; backlog: number }, place: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject("fd" in at ? notListening(at.fd, error) : explained(error, place)));
    server.listen(at, resolve);
  });
}

/** Takes away what a killed server has left. */
async function removeStale(socket: string): Promise<void> {
  const found = lstatSync(socket, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isSocket()) throw new ListenError(`${socket} is a file and not a socket. Move it away, or set SOCKET to another path.`);
  if (await answers(socket)) throw new ListenError(`${socket} is in use by another program. Stop that one, or set SOCKET to another path.`);
  rmSync(socket, { force: true });
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = connect(socket);
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.once("error", ({ code, message }: NodeJS.ErrnoException) => {
      if (code === "ECONNREFUSED" || code === "ENOENT") resolve(false);
      else reject(new ListenError(`${socket} belongs to somebody else (${message}). Remove it, or set SOCKET to another path.`));
    });
  });
}

function notListening(fd: number, { code, message }: NodeJS.ErrnoException): ListenError {
  return new ListenError(`Descriptor ${fd}, which LISTEN_FDS names, cannot be listened on (${message}). Check ListenStream= in the socket unit, or take LISTEN_FDS away.`, code);
}

function explained(error: NodeJS.ErrnoException, { host, port, socket }: Place): Error {
  const at = socket ?? `${host}:${port}`;
  switch (error.code ?? "") {
    case "EADDRINUSE":
      return new ListenError(`${at} is in use by another program. Stop that one, or set another address, for example PORT=${port === 65_535 ? 3000 : port + 1}.`, error.code);
    case "EACCES":
    case "EPERM":
      return new ListenError(
        socket === null
          ? `This user may not listen on port ${port}. Set one above 1023, for example PORT=3000, and let a proxy take ${port}.`
          : `This user may not make the socket ${socket}. Set SOCKET to a path in a folder of its own, for example SOCKET=/run/theset/theset.sock.`,
        error.code,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new ListenError(`HOST=${host} is no address of this machine. Set one that is, for example HOST=127.0.0.1.`, error.code);
    case "ENOENT":
    case "ENAMETOOLONG":
    case "EINVAL":
      return new ListenError(`The socket ${socket} cannot be made (${error.message}). Make its folder first; a path has at most 107 characters.`, error.code);
    default:
      return error;
  }
}

function urlOf({ address, port, family }: AddressInfo): string {
  const host = address === "::" || address === "0.0.0.0" ? "localhost" : address;
  return `http://${family === "IPv6" && host !== "localhost" ? `[${host}]` : host}:${port}`;
}
