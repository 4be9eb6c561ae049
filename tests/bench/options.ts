import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

export interface BenchOptions {
  parts: string[];
  /** How long each single measurement takes, in s. */
  seconds: number;
  /** How often the sides take turns. */
  rounds: number;
  /** How long the mixed load of `memory` takes, in s. */
  memorySeconds: number;
  /** Where databases are made; it must be a disk and not memory. */
  folder: string;
  /** Where the figures go as JSON. */
  json: string;
}

const HELP = `npm run bench -- [PART…] [--seconds N] [--rounds N] [--json PATH]

  --seconds N         length of one measurement (10)
  --rounds N          how often the two sides take turns (3)
  --memory-seconds N  length of the mixed load of "memory" (600)
  --folder PATH       where databases are made, on a real disk (the system's folder for temporary files)
  --json PATH         where the figures go as JSON (a new file in the system's folder for temporary files)`;

/** What the command line asks for. Null when it asked for help or made no sense, with the reason told. */
export function readOptions(args: string[], known: Record<string, { inDefault: boolean }>): BenchOptions | null {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seconds: text,
      rounds: text,
      "memory-seconds": text,
      folder: text,
      json: text,
      help: { type: "boolean", short: "h" },
    },
  });
  const names = Object.keys(known);
  const unknown = positionals.filter((name) => !names.includes(name));
  if (values.help || unknown.length > 0) {
    if (unknown.length > 0) console.error(`There is no part "${unknown.join('", "')}".\n`);
    const rest = names.filter((name) => !known[name]!.inDefault);
    console.error(`${HELP}\n\nParts: ${names.join(", ")}; all but ${rest.join(", ")} run when none is named.`);
    return null;
  }
  const stamp = new Date().toISOString().replace(/[:.]/g, "-");
  return {
    parts: positionals.length > 0 ? positionals : names.filter((name) => known[name]!.inDefault),
    seconds: positive("seconds", values.seconds, 10),
    rounds: Math.ceil(positive("rounds", values.rounds, 3)),
    memorySeconds: positive("memory-seconds", values["memory-seconds"], 600),
    folder: values.folder ?? tmpdir(),
    json: values.json ?? join(tmpdir(), `theset-bench-${stamp}.json`),
  };
}

function positive(name: string, given: string | undefined, otherwise: number): number {
  const value = given === undefined ? otherwise : Number(given);
  if (!(value > 0)) throw new Error(`--${name} wants a number above 0.`);
  return value;
}
