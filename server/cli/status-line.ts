import type { Output } from "./output.ts";
import type { Progress } from "./progress.ts";

/** The last line of a terminal, which tells what goes on now, with lines for people above it. */
export class StatusLine {
  readonly #out: Output;
  #what: string | null = null;
  #bar: Progress | null = null;

  constructor(out: Output) {
    this.#out = out;
  }

  /** `done` of `total` where that is known. */
  at(what: string, done: number, total?: number): void {
    if (this.#what !== what) {
      this.#bar?.end();
      this.#bar = this.#out.progress(what);
      this.#what = what;
    }
    this.#bar!.at(done, total);
  }

  /** A line that stays, on stderr. */
  note(line: string): void {
    this.end();
    this.#out.note(line);
  }

  /** Takes the line away, until `at` is called again. */
  end(): void {
    this.#bar?.end();
    this.#bar = null;
    this.#what = null;
  }
}
