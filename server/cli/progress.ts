import type { Follow } from "../backup/follow.ts";

/** Work that takes a while. */
export interface Progress {
  /** How much is done, of `total` where that is known (any unit, both in the same). */
  at(done: number, total?: number): void;
  /** Takes the bar away; call it whether the work succeeded or not. */
  end(): void;
}

export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const WIDTH = 24;
/** The bar is drawn again at most this often, in ms. */
const EVERY_MS = 100;

/** A bar on a terminal, nothing elsewhere. `clock`: ms that only go forward. */
export function progressOn(screen: Screen, what: string, clock: () => number): Progress {
  if (!screen.isTTY) return { at() {}, end() {} };
  let drawnAt = -Infinity;
  return {
    at(done, total) {
      if (clock() - drawnAt < EVERY_MS && done !== total) return;
      drawnAt = clock();
      screen.write(`\r\x1b[2K${barOf(what, done, total).slice(0, (screen.columns || 80) - 1)}`);
    },
    end() {
      if (drawnAt !== -Infinity) screen.write("\r\x1b[2K");
    },
  };
}

/** Runs work that tells how far it is, with a bar for each of its phases, one after another. */
export async function withBars<T>(start: (what: string) => Progress, work: (follow: Follow) => Promise<T>): Promise<T> {
  let now: { phase: string; bar: Progress } | null = null;
  try {
    return await work((phase, done, total) => {
      if (now?.phase !== phase) {
        now?.bar.end();
        now = { phase, bar: start(phase) };
      }
      now.bar.at(done, total);
    });
  } finally {
    (now as { bar: Progress } | null)?.bar.end();
  }
}

function barOf(what: string, done: number, total: number | undefined): string {
  if (!total) return `${what} ${done.toLocaleString("en")}`;
  const part = Math.min(1, done / total);
  const full = Math.round(part * WIDTH);
  return `${what} [${"=".repeat(full)}${" ".repeat(WIDTH - full)}] ${Math.floor(part * 100)} %`;
}
