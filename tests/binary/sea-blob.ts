const NOTE = Buffer.from("NODE_SEA_BLOB\0");
/** What a blob begins with, as Node's src/node_sea.cc writes it. */
const MAGIC = Buffer.from([0x20, 0xda, 0x43, 0x01]);
/** Set where Node's own code cache is inside, which lies before the assets. */
const HAS_CODE_CACHE = 1 << 2;

/** What Node's tool has put into an executable. */
export interface SeaBlob {
  /** Where it begins in the file, in bytes. */
  start: number;
  path: Buffer;
  code: Buffer;
  assets: Map<string, Buffer>;
}

/** Reads the blob of a single executable. Throws when there is none, or it is laid out in another way. */
export function readSeaBlob(executable: Buffer): SeaBlob {
  const note = executable.lastIndexOf(NOTE);
  const start = note < 0 ? -1 : executable.indexOf(MAGIC, note);
  if (start < 0) throw new Error("There is no blob in this file.");
  let at = start + MAGIC.length;
  const flags = executable.readUInt32LE(at);
  // The flags, and a byte that says how Node's own options may be given.
  at += 5;
  const part = () => {
    const length = number();
    return executable.subarray(at, (at += length));
  };
  const number = () => Number(executable.readBigUInt64LE((at += 8) - 8));
  const [path, code] = [part(), part()];
  if (flags & HAS_CODE_CACHE) throw new Error("Node's own code cache is inside.");
  const assets = new Map(Array.from({ length: number() }, () => [part().toString(), part()] as const));
  return { start, path, code, assets };
}

/** The assets that hold compiled code. */
export function compiledIn({ assets }: SeaBlob): string[] {
  return [...assets.keys()].filter((name) => name.includes(".cache")).sort();
}
