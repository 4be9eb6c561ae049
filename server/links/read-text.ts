import type { FileFault } from "../domain/matching/link-faults.ts";

/** The file can't be read any further. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly fault: FileFault;

  constructor(fault: FileFault) {
    super(fault.reason);
    this.fault = fault;
  }
}

/** What stands for bytes that are no UTF-8, and what UTF-16 without a mark is full of. */
const OTHER_ENCODING = /[\ufffd\0]/;

/** The text of a file in UTF-8, with or without a mark at its beginning. Throws `UnreadableFile` for another encoding, and for more than `most` bytes. */
export async function* textOf(source: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<string> {
  // Not `fatal`: what stands in for a wrong byte tells on which line it is.
  const decoder = new TextDecoder("utf-8");
  let bytes = 0;
  let line = 1;
  const checked = (text: string): string => {
    const wrong = text.search(OTHER_ENCODING);
    line += linesIn(wrong < 0 ? text : text.slice(0, wrong));
    if (wrong >= 0) throw new UnreadableFile({ line, reason: "other_encoding" });
    return text;
  };
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    if (bytes > most) throw new UnreadableFile({ line: null, reason: "too_large", most });
    yield checked(decoder.decode(chunk, { stream: true }));
  }
  yield checked(decoder.decode());
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
