import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Where this process's number means something: the machine, on Linux also the namespace, which a container has of its own. */
const PLACE = `${hostname()} ${textOf(() => readlinkSync("/proc/self/ns/pid"))}`;

/** A name for this process among all that may run jobs of one database. */
export function nameOwner(): string {
  return [PLACE, process.pid, startOf(process.pid) ?? "-", randomBytes(4).toString("hex")].join(" ");
}

/**
 * Whether an owner is a process of this place that has ended; false where that can't be known. A job that is
 * given back wrongly is done once all the same: whoever held it can't write a step of it any more.
 */
export function isGone(owner: string): boolean {
  const [host, namespace, pid = "", start] = owner.split(" ");
  if (`${host} ${namespace}` !== PLACE || !/^\d+$/.test(pid)) return false;
  if (!isThere(Number(pid))) return true;
  const now = startOf(Number(pid));
  return now !== null && start !== "-" && start !== now;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be asked, but it is there.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** When a process began, in the kernel's ticks: a number that is used again tells another time. Null where it isn't told. */
function startOf(pid: number): string | null {
  const stat = textOf(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The program's name, in parentheses, may hold anything.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

function textOf(read: () => string): string {
  try {
    return read();
  } catch {
    return "-";
  }
}
