import type { Follow } from "../backup/follow.ts";
import { progressOn, withBars, type Progress } from "./progress.ts";

/** Where a verb writes: stdout holds lines for people, or with --json one document and nothing else. */
export interface Output {
  readonly json: boolean;
  /** A line for people; left out with --json. */
  say(line: string): void;
  /** A line on stderr in any case: a warning, a problem, what to do next. */
  note(line: string): void;
  /** The one document of --json; left out without it. Call it once, at the end. */
  result(value: unknown): void;
  /** A bar on stderr while something long goes on; nothing where stderr is no terminal. */
  progress(what: string): Progress;
  /** The same for work of several phases. */
  follow<T>(work: (follow: Follow) => Promise<T>): Promise<T>;
}

export function createOutput({ json }: { json: boolean }): Output {
  const progress = (what: string) => progressOn(process.stderr, what, () => performance.now());
  return {
    json,
    say: (line) => void (json || process.stdout.write(`${line}\n`)),
    note: (line) => void process.stderr.write(`${line}\n`),
    result: (value) => void (json && process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)),
    progress,
    follow: (work) => withBars(progress, work),
  };
}
