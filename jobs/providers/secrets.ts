const MASK = "***";
const SECRET_WORD = "(?:x[-_])?api[-_]?key|apikey|(?:proxy[-_])?authorization|client[-_]?secret|(?:access|refresh|id)[-_]?token|token|password|secret|(?:set[-_])?cookie|signature";
const SECRET_NAME = new RegExp(`^(?:${SECRET_WORD})$`, "i");
const SECRET_PAIR = new RegExp(`\\b(${SECRET_WORD})(=|%3D)[^&\\s"'<>]+`, "gi");
const SECRET_HEADER = new RegExp(`\\b(${SECRET_WORD})(["']?\\s*:\\s*)(?:(?:Bearer|Basic)\\s+)?["']?[^\\s"',;&}]+["']?`, "gi");
const SECRET_SCHEME = /\b(Bearer|Basic)\s+[\w.~+/=-]+/gi;

/** Shorter ones are no secrets, and would mask half of each text. */
const SHORTEST = 4;
const MOST_KNOWN = 200;

/** Whether what goes by this name (a header, a field, a key of a query) must not be seen. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Takes secrets out of what is logged or thrown: those that it was told of, and what looks like one by its name. */
export class Mask {
  readonly #known = new Set<string>();

  /** Remembers a secret, and what it looks like in an address. */
  learn(secret: string): void {
    const bare = secret.toWellFormed().replace(/^(?:Bearer|Basic)\s+/i, "");
    const form = new URLSearchParams({ "": bare }).toString().slice(1);
    for (const value of [secret, bare, encodeURIComponent(bare), form, JSON.stringify(bare).slice(1, -1)]) {
      if (value.length < SHORTEST) continue;
      this.#known.delete(value);
      this.#known.add(value);
    }
    for (const oldest of this.#known) {
      if (this.#known.size <= MOST_KNOWN) break;
      this.#known.delete(oldest);
    }
  }

  /** Learns all of the record's values that have a name of a secret, or all where they all are. */
  learnFrom(record: Record<string, unknown> | undefined, all = false): void {
    for (const [name, value] of Object.entries(record ?? {})) {
      if (typeof value === "string" && (all || isSecretName(name))) this.learn(value);
    }
  }

  text(text: string): string {
    let masked = text;
    const longestFirst = [...this.#known].toSorted((a, b) => b.length - a.length);
    for (const secret of longestFirst) masked = masked.replaceAll(secret, MASK);
    return masked
      .replace(SECRET_PAIR, `$1$2${MASK}`)
      .replace(SECRET_HEADER, `$1$2${MASK}`)
      .replace(SECRET_SCHEME, `$1 ${MASK}`);
  }

  /** A copy of what was thrown, and of its causes, with its name, message and code alone. */
  error(thrown: unknown, depth = 0): Error {
    if (!(thrown instanceof Error)) return new Error(this.text(String(thrown)));
    const cause = thrown.cause !== undefined && depth < 4 ? { cause: this.error(thrown.cause, depth + 1) } : {};
    const copy = new Error(this.text(thrown.message), cause);
    const { code } = thrown as { code?: unknown };
    const seen = { name: { value: this.text(thrown.name) }, stack: { value: this.text(thrown.stack ?? "") } };
    Object.defineProperties(copy, seen);
    return typeof code === "string" ? Object.assign(copy, { code: this.text(code) }) : copy;
  }
}
