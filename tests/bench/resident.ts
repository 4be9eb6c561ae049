import { readFileSync, writeFileSync } from "node:fs";

const SAMPLE_MS = 100;

function statusOf(pid: number, field: "VmRSS" | "VmHWM"): number {
  const line = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  if (line === undefined) throw new Error(`The kernel does not tell ${field} of process ${pid}`);
  return (Number(line) * 1024) / 1e6;
}

/** Resident memory of a process now, in MB. */
export function residentNow(pid: number): number {
  return statusOf(pid, "VmRSS");
}

/** The most that a process held from the call to `stop`, in MB: as the kernel noted it, and the samples of each 100 ms. */
export function watchResident(pid: number): { stop(): { peak: number; samples: number[] } } {
  // 5 resets the highest mark to what is held now.
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
  const samples = [residentNow(pid)];
  const timer = setInterval(() => samples.push(residentNow(pid)), SAMPLE_MS);
  return {
    stop() {
      clearInterval(timer);
      return { peak: statusOf(pid, "VmHWM"), samples };
    },
  };
}
