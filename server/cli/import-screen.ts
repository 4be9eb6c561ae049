import type { ImportRow } from "#db/queries/imports.ts";
import { iso } from "../domain/instant.ts";
import type { Output } from "./output.ts";
import { StatusLine } from "./status-line.ts";

const LOOKING = "Looking for the artist";
const PHASES: Record<ImportRow["phase"], string> = {
  initializing: LOOKING,
  identities: LOOKING,
  songs: "Songs",
  shows: "Shows",
  setlists: "Setlists",
  ballots: "Ballots",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** An import on a terminal while it goes on. */
export class ImportScreen {
  readonly #line: StatusLine;
  #putOffUntil: number | null = null;

  constructor(out: Output) {
    this.#line = new StatusLine(out);
  }

  show({ phase, counts, jobState, runAt, error }: ImportRow, at: number): void {
    if (jobState === "queued" && runAt !== null && runAt > at) return this.#putOff(runAt, error, at);
    if (jobState === "queued") return this.#line.at("Waiting for its turn", 0);
    if (phase === "songs") {
      const { songs, albums } = counts;
      return this.#line.at(PHASES.songs, songs.read + albums.read, songs.of === null ? undefined : songs.of + (albums.of ?? 0));
    }
    const count = phase === "shows" || phase === "setlists" ? counts[phase] : { read: 0, of: null };
    this.#line.at(PHASES[phase], count.read, count.of ?? undefined);
  }

  end(): void {
    this.#line.end();
  }

  /** A line that says why, once, and seconds that count down. */
  #putOff(until: number, error: string | null, at: number): void {
    if (this.#putOffUntil !== until) this.#line.note(`Put off until ${iso(until)}: ${error ?? "it is not due before."}`);
    this.#putOffUntil = until;
    this.#line.at("Goes on in seconds:", Math.ceil((until - at) / 1_000));
  }
}
