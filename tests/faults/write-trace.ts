import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

/** What the program did, in the order in which the kernel saw it. */
export type Step =
  | { kind: "write"; file: string; offset: number; bytes: Buffer }
  | { kind: "truncate"; file: string; size: number }
  | { kind: "remove"; file: string }
  /** Everything written to the file before is on disk. */
  | { kind: "sync"; file: string }
  /** An answer of status 200 leaves towards a client's port. */
  | { kind: "answer"; port: number };

const CALLS = ["pwrite64", "write", "writev", "fsync", "fdatasync", "ftruncate", "unlink"];

/** The command under which a program's writes are recorded to a file. */
export function recording(file: string): string[] {
  const trace = `trace=${CALLS.join(",")}`;
  return ["strace", "-D", "--seccomp-bpf", "-f", "-yy", "-xx", "-s", "70000", "-e", trace, "-e", "signal=none", "-o", file];
}

/** Reads a recording; only files whose path begins with `path` count. */
export async function readTrace(recorded: string, path: string): Promise<Step[]> {
  const steps: Step[] = [];
  const underWay = new Map<string, Step>();
  for await (const line of createInterface({ input: createReadStream(recorded, "latin1") })) {
    const [, thread = "", rest = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (rest.startsWith("<... ")) {
      const step = underWay.get(thread);
      underWay.delete(thread);
      if (step && rest.endsWith("= 0")) steps.push(step);
      continue;
    }
    const step = parse(rest, path);
    if (!step) continue;
    // A write counts from its beginning, a sync from its end.
    if (step.kind === "sync" && rest.endsWith("<unfinished ...>")) underWay.set(thread, step);
    else if (step.kind !== "sync" || rest.endsWith("= 0")) steps.push(step);
  }
  return steps;
}

const OK = hexOf("HTTP/1.1 200 ");

function parse(line: string, path: string): Step | null {
  const [, call = "", target = ""] = /^(\w+)\((?:\d+<((?:->|[^>])*)>|")/.exec(line) ?? [];
  if (call === "unlink") {
    const file = unhex(/^unlink\("([^"]*)"/.exec(line)![1]!).toString();
    return file.startsWith(path) ? { kind: "remove", file } : null;
  }
  if (target.startsWith("TCP:[") || target.startsWith("TCPv6:[")) {
    const port = Number(/:(\d+)\]$/.exec(target)?.[1]);
    return line.includes(OK) ? { kind: "answer", port } : null;
  }
  const file = target.startsWith("\\x") ? unhex(target).toString() : target;
  if (!file.startsWith(path)) return null;
  if (call === "fsync" || call === "fdatasync") return { kind: "sync", file };
  if (call === "ftruncate") return { kind: "truncate", file, size: Number(/>, (\d+)/.exec(line)![1]) };
  if (call === "pwrite64") {
    const [, data, size, offset] = />, "([^"]*)"(?:\.\.\.)?, (\d+), (\d+)/.exec(line)!;
    const bytes = unhex(data!);
    if (bytes.length !== Number(size)) throw new Error(`The recording holds ${bytes.length} of ${size} bytes of a write`);
    return { kind: "write", file, offset: Number(offset), bytes };
  }
  throw new Error(`A way of writing that is not replayed: ${line.slice(0, 200)}`);
}

function unhex(text: string): Buffer {
  return Buffer.from(text.replaceAll("\\x", ""), "hex");
}

function hexOf(text: string): string {
  return [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}
