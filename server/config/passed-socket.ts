import { ConfigError, type Variables } from "./config.ts";

/** Where the first descriptor is that a service manager passes on, by sd_listen_fds(3). */
const FIRST = 3;

/**
 * The descriptor of the socket that a service manager listens on for this process (systemd's socket
 * units); null where there is none. Throws `ConfigError` when there are several.
 */
export function passedSocket(env: Variables = process.env, pid: number = process.pid): number | null {
  // The variables may be left over from a parent, for whom they were meant.
  if (env["LISTEN_PID"] !== String(pid)) return null;
  const count = Number(env["LISTEN_FDS"]);
  if (count > 1) throw new ConfigError(`LISTEN_FDS=${count}: the program takes one socket. Leave one ListenStream= in the socket unit.`);
  return count === 1 ? FIRST : null;
}
