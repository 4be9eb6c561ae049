import type { Logger } from "pino";
import type { Write } from "./commands/registry.ts";
import type { ListenerOptions } from "./http/listener.ts";

export interface TrafficOptions {
  write: Write;
  /** Epoch ms. */
  now: () => number;
  onError: (error: unknown) => void;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WRITTEN_EVERY_MS = 5 * MINUTE_MS;

/** Counts visitors' requests in memory, and writes them to their hours (UTC) now and then. Those of the last minutes may be lost with the process. */
export class Traffic {
  readonly #options: TrafficOptions;
  #requests = 0;
  /** The hour that they came in, epoch ms. */
  #hour: number;
  #writtenAt: number;

  constructor(options: TrafficOptions) {
    this.#options = options;
    this.#writtenAt = options.now();
    this.#hour = hourOf(this.#writtenAt);
  }

  /** One more request. */
  count(): void {
    this.#requests += 1;
  }

  /** To be called each minute: writes what an hour that is over had, and every five minutes what has come since. */
  async look(): Promise<void> {
    const now = this.#options.now();
    const isNewHour = hourOf(now) !== this.#hour;
    if (isNewHour || Math.abs(now - this.#writtenAt) >= WRITTEN_EVERY_MS) await this.flush();
  }

  /** Writes what has come since the last time; what can't be written is kept for the next. */
  async flush(): Promise<void> {
    const { write, now, onError } = this.#options;
    const requests = this.#requests;
    const at = this.#hour;
    this.#requests = 0;
    this.#writtenAt = now();
    this.#hour = hourOf(this.#writtenAt);
    if (requests === 0) return;
    try {
      await write("addTraffic", { at, requests });
    } catch (error) {
      this.#requests += requests;
      onError(error);
    }
  }
}

function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}

type Answers = Pick<ListenerOptions, "procedures" | "lean" | "pages" | "publicPages" | "live">;

export interface RunningTraffic {
  /** The same, and each request that one of them answers is counted: no file, and nobody who watches the process. */
  counted(answers: Answers): Answers;
  /** Writes what is left. */
  stop(): Promise<void>;
}

/** Counts visitors' requests from now on. */
export function startTraffic({ write, now, log }: Omit<TrafficOptions, "onError"> & { log: Logger }): RunningTraffic {
  const traffic = new Traffic({ write, now, onError: (error) => log.warn({ err: error }, "Visitors' requests could not be written down yet") });
  const timer = setInterval(() => void traffic.look(), MINUTE_MS);
  return {
    counted: (answers) => countedBy(traffic, answers),
    stop() {
      clearInterval(timer);
      return traffic.flush();
    },
  };
}

function countedBy(traffic: Traffic, { procedures, lean, pages, publicPages, live }: Answers): Answers {
  return {
    procedures(req, res, facts) {
      traffic.count();
      return procedures(req, res, facts);
    },
    ...(lean && {
      lean(req, res, origin) {
        const answer = lean(req, res, origin);
        if (answer !== null) traffic.count();
        return answer;
      },
    }),
    pages(req, res, facts) {
      traffic.count();
      return pages(req, res, facts);
    },
    async publicPages(req, res) {
      const answered = await publicPages(req, res);
      if (answered) traffic.count();
      return answered;
    },
    live(req, res, show) {
      traffic.count();
      return live(req, res, show);
    },
  };
}
