import { spawn } from "node:child_process";
import { once } from "node:events";
import { linkSync, renameSync } from "node:fs";
import { createServer, type AddressInfo, type ListenOptions } from "node:net";
import { onlyChildOf } from "./confined.ts";

/** In place of systemd: holds the socket, never takes a connection, and starts the program on it whenever it has ended. */
const START_AGAIN = `while :; do sh -c 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$0" build/theset.mjs serve --no-jobs' "$0"; done`;

export interface SocketManager extends AsyncDisposable {
  port: number;
  /** How often the program has been started. */
  starts(): number;
  /** Tells the program to stop, and waits until the next one serves. */
  restart(): Promise<void>;
}

/** The built program on a socket that outlives it. */
export async function manageSocket(at: ListenOptions, env: Record<string, string>): Promise<SocketManager> {
  const socket = createServer().listen(at);
  await once(socket, "listening");
  const address = socket.address() as AddressInfo | string;
  const { fd } = (socket as unknown as { _handle: { fd: number } })._handle;
  const child = spawn("sh", ["-c", START_AGAIN, process.execPath], {
    env: { PATH: "/usr/bin:/bin", DEMO: "0", SYNC: "0", LOG_LEVEL: "error", NODE_ENV: "production", ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "inherit", fd],
  });
  // The shell has it now. Closing takes a Unix socket's name away.
  if (at.path) linkSync(at.path, `${at.path}.kept`);
  socket.close();
  if (at.path) renameSync(`${at.path}.kept`, at.path);
  const exited = once(child, "exit");
  let said = "";
  child.stdout!.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const starts = () => said.split("TheSet is at ").length - 1;
  const serving = async (nth: number) => {
    while (starts() < nth) await once(child.stdout!, "data");
  };
  await serving(1);
  return {
    port: typeof address === "string" ? 0 : address.port,
    starts,
    async restart() {
      const next = starts() + 1;
      process.kill(onlyChildOf(child.pid!), "SIGTERM");
      await serving(next);
    },
    async [Symbol.asyncDispose]() {
      const program = onlyChildOf(child.pid!);
      child.kill("SIGKILL");
      process.kill(program, "SIGKILL");
      await exited;
    },
  };
}
