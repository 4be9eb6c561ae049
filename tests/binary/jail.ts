import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BINARY } from "./built-binary.ts";

/** A user that no list of users has. */
export const STRANGER = 54_321;

/** A root directory with the executable, the C libraries that it names, a folder for data, and nothing else. */
export interface Jail extends Disposable {
  root: string;
  /** The command that runs the executable in it, as a stranger and without any environment. */
  command(...args: string[]): [string, string[]];
}

export function buildJail(): Jail {
  const root = mkdtempSync(join(tmpdir(), "theset-jail-"));
  chmodSync(root, 0o755);
  for (const library of libraries()) place(library, join(root, library));
  place(BINARY, join(root, "theset"));
  mkdirSync(join(root, "data"), { mode: 0o755 });
  chownSync(join(root, "data"), STRANGER, STRANGER);
  return {
    root,
    command: (...args) => [
      "unshare",
      ["--mount", "--", "sh", "-ec", MOUNT_AND_RUN, "sh", root, String(STRANGER), ...args],
    ],
    [Symbol.dispose]: () => rmSync(root, { recursive: true }),
  };
}

/** The root is mounted read-only, but for the data; nothing of this is seen outside. A port of its own is all that is set. */
const MOUNT_AND_RUN = `
  root=$1 user=$2; shift 2
  mount --make-rprivate /
  mount --bind "$root" "$root"
  mount --bind "$root/data" "$root/data"
  mount -o remount,bind,ro "$root"
  chroot=$(command -v chroot)
  # Nicer than the program makes itself: only root could take that back.
  exec env -i PORT=0 "$(command -v nice)" -n 15 "$chroot" --userspec="$user:$user" "$root" /theset "$@"`;

/** What the system's loader would load for the program and its library, itself included. */
function libraries(): string[] {
  const addon = `node_modules/@libsql/linux-${process.arch}-gnu/index.node`;
  const told = execFileSync("ldd", [BINARY, addon], { encoding: "utf8" });
  return [...new Set([...told.matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path!))];
}

function place(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  chmodSync(to, 0o755);
}
