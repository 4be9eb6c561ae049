import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Commit } from "#db/writer.ts";
import type { RequestFigures } from "#jobs/providers/http-options.ts";

/** Figures as they go out. */
export interface Exposition {
  type: string;
  body: string;
}

/** What is looked at when somebody asks, rather than counted. */
export interface Observed {
  /** Calls that wait for their commit. */
  waitingCalls(): number;
  openStreams(): number;
  framesSent(): number;
  /** How long the last frame took to reach all its readers, in ms. */
  lastFanOutMs(): number;
  /** Readers cut off because they took nothing. */
  cutOff(): number;
  /** When the newest whole backup was made (epoch ms); null where there is none. */
  lastBackup(): number | null;
  /** Scheduled backups that failed. */
  failedBackups(): number;
}

const BATCHES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_000];
const ANSWER_SECONDS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15];
const COMMIT_SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** Figures of one process in the text format of Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #batches: Histogram;
  readonly #commits: Histogram;
  readonly #asked: Counter;
  readonly #answers: Histogram;

  constructor(observed: Observed) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({ name, help, registers, collect() { this.set(read()); } });
    const counter = (name: string, help: string, read: () => number) =>
      new Counter({ name, help, registers, collect() { this.reset(); this.inc(read()); } });
    gauge("theset_writer_waiting_calls", "Writes that wait for their commit", () => observed.waitingCalls());
    gauge("theset_live_streams", "Open live streams", () => observed.openStreams());
    gauge("theset_live_fan_out_seconds", "Time the last frame took to reach all its readers", () => observed.lastFanOutMs() / 1000);
    counter("theset_live_frames_total", "Frames handed to readers", () => observed.framesSent());
    counter("theset_live_cut_off_total", "Readers cut off because they took nothing", () => observed.cutOff());
    gauge("theset_backup_last_timestamp_seconds", "When the newest whole backup was made; 0 where there is none", () => (observed.lastBackup() ?? 0) / 1000);
    counter("theset_backup_failures_total", "Scheduled backups that failed", () => observed.failedBackups());
    this.#batches = new Histogram({
      name: "theset_writer_batch_calls",
      help: "Writes that shared one commit",
      buckets: BATCHES,
      registers,
    });
    this.#commits = new Histogram({
      name: "theset_writer_commit_seconds",
      help: "Time from the start of a batch to the end of its commit",
      buckets: COMMIT_SECONDS,
      registers,
    });
    this.#asked = new Counter({
      name: "theset_provider_requests_total",
      help: "Requests to providers by how they went; cached: nothing was sent",
      labelNames: ["provider", "result"],
      registers,
    });
    this.#answers = new Histogram({
      name: "theset_provider_request_seconds",
      help: "Time from sending a request to a provider to the whole answer",
      labelNames: ["provider"],
      buckets: ANSWER_SECONDS,
      registers,
    });
  }

  /** A request to a provider was answered, or was not. */
  asked({ provider, result, durationMs }: RequestFigures): void {
    this.#asked.inc({ provider, result });
    if (result !== "cached") this.#answers.observe({ provider }, durationMs / 1000);
  }

  committed({ calls, ms }: Commit): void {
    this.#batches.observe(calls);
    this.#commits.observe(ms / 1000);
  }

  /** The content type and the figures now. */
  async text(): Promise<Exposition> {
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }
}
