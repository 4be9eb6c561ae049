/** A clock that a test sets; starts on a Saturday afternoon. */
export class TestClock {
  #now: number;

  constructor(start = "2026-06-13T12:00:00Z") {
    this.#now = Date.parse(start);
  }

  readonly now = (): number => this.#now;

  set(instant: string): void {
    this.#now = Date.parse(instant);
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}
