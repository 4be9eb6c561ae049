import { createHash } from "node:crypto";
import { stableText } from "../../domain/digest-text.ts";

/** Tells whether a record has changed since it was stored: 128 bits of its SHA-256, hex. */
export function recordDigest(record: unknown): string {
  return createHash("sha256").update(stableText(record)).digest("hex").slice(0, 32);
}
