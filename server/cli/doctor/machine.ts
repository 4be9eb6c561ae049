import { descriptorLimit } from "../../http/descriptors.ts";
import { checkClock } from "../preflight.ts";
import { fail, ok, warn, type Finding } from "./finding.ts";

/** How far what is stored may be ahead of the clock, in ms: what another machine wrote a moment ago. */
const AHEAD_MS = 60_000;
/** Open files below which a busy evening fills up. */
const FEW_FILES = 1_024;

/** The clock by itself and against the latest instant that is stored; `now` and `newest` in epoch ms. */
export function checkTime(now: number, newest: number | null): Finding {
  const at = new Date(now).toISOString();
  const advice = "Set the clock, for example with `timedatectl set-ntp true`.";
  try {
    checkClock(now);
  } catch {
    return fail("clock", `it says ${at}, which can't be`, advice);
  }
  if (newest !== null && newest - now > AHEAD_MS) {
    return fail("clock", `it says ${at}, and what was written last is from ${new Date(newest).toISOString()}`, advice);
  }
  return ok("clock", newest === null ? `it says ${at}` : `it says ${at}, after everything that is stored`);
}

/** How many connections the system lets the program have. */
export async function checkOpenFiles(): Promise<Finding> {
  const limit = await descriptorLimit();
  if (limit === null) return ok("open files", "this system does not tell a limit");
  const found = `at most ${limit} at once`;
  if (limit > FEW_FILES) return ok("open files", found);
  return warn("open files", found, "Each open live page takes one. Allow more: LimitNOFILE=65536 in the systemd unit, or `ulimit -n 65536`.");
}
